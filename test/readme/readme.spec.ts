import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { SimulatedSource } from '../../src/market-data/simulated/simulated-source.js';
import { toolboxOn } from '../support/fake-market-source.js';
import { ROOT } from '../support/eventually.js';
import { FundingAgent } from './funding-agent.js';

const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

describe('README', () => {
  it('shows an agent that compiles and says something about the market', async () => {
    const source = readFileSync(join(ROOT, 'test', 'readme', 'funding-agent.ts'), 'utf8');
    // In the README it stands where it would be added.
    expect(readme).toContain(source.replaceAll('../../src/business-agents/', '../').trim());
    const at = new Date('2026-01-15T12:00:00Z');
    const analysis = await new FundingAgent().analyse({
      symbol: 'BTC',
      at,
      tools: toolboxOn(new SimulatedSource('readme'), at),
    });
    expect(analysis).toMatchObject({ confidence: 1, score: expect.any(Number) });
  });

  it.each([
    ['one-score-decision.ts', '../../src/domain/decision/', '../'],
    ['one-score-decision.spec.ts', `'../support/`, `'../../../../test/support/`],
  ])('shows %s, which runs here', (file, here, there) => {
    const source = readFileSync(join(ROOT, 'test', 'readme', file), 'utf8');
    // In the README it stands where it would be added.
    expect(readme).toContain(source.replaceAll(here, there).trim());
  });

  it('names only commands that exist', () => {
    const named = [...readme.matchAll(/npm run ([a-z:-]+)/g)].map((match) => match[1]!);
    expect(named.length).toBeGreaterThan(5);
    for (const name of named) expect(scripts).toHaveProperty([name]);
  });

  it('names every setting that the program reads', () => {
    const example = readFileSync(join(ROOT, '.env.example'), 'utf8');
    const settings = [...example.matchAll(/^([A-Z_]+)=/gm)].map((match) => match[1]!);
    for (const name of settings) expect(readme).toContain(`\`${name}\``);
  });
});
