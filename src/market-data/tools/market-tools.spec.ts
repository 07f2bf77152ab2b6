import { describe, expect, it } from '@jest/globals';
import { FakeMarketSource } from '../../../test/support/fake-market-source.js';
import { MARKET_TOOLS, seriesTool, toolFunctionName } from './market-tools.js';

const AT = new Date('2026-03-14');
describe.each(MARKET_TOOLS.all().map((tool) => [tool.name, tool] as const))('the tool %s', (_name, tool) => {
  it('is the function named in its registry row', async () => {
    const module = (await import(`../../${tool.module}.js`)) as Record<string, unknown>;
    expect(module[toolFunctionName(tool)]).toBe(tool.run);
  });

  it('has a description and required APIs', () => {
    expect(tool.displayName).not.toBe('');
    expect(tool.description).toMatch(/\.$/);
    expect(tool.requiredApis.length).toBeGreaterThan(0);
  });
});

it('a series tool requests the series of its age rule', async () => {
  for (const tool of MARKET_TOOLS.all()) {
    if (tool.kind !== 'series') continue;
    const source = new FakeMarketSource();
    await seriesTool(tool.name).run(source, 7, AT);
    expect(source.calls).toEqual([`series ${tool.series} 7`]);
  }
});
