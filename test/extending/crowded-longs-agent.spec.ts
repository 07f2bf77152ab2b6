import { expect, it } from '@jest/globals';
import { SimulatedSource } from '../../src/market-data/simulated/simulated-source.js';
import { runBusinessAgentContract } from '../support/business-agent.contract.js';
import { FakeMarketSource, toolboxOn } from '../support/fake-market-source.js';
import { CrowdedLongsAgent } from './crowded-longs-agent.js';

runBusinessAgentContract(() => new CrowdedLongsAgent());

it('says something about the simulated market', async () => {
  const at = new Date('2026-01-15T12:00:00Z');
  const tools = toolboxOn(new SimulatedSource('spec'), at);
  expect(await new CrowdedLongsAgent().analyse({ symbol: 'BTC', at, tools })).toMatchObject({ confidence: 1 });
});

it('has no opinion while there is no data', async () => {
  const at = new Date('2026-01-15T12:00:00Z');
  const analysis = await new CrowdedLongsAgent().analyse({
    symbol: 'BTC',
    at,
    tools: toolboxOn(new FakeMarketSource(), at),
  });
  expect(analysis).toMatchObject({ unavailable: 'no_factors' });
});
