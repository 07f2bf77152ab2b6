import { describe, expect, it } from '@jest/globals';
import { createBusinessAgents } from '../../business-agents/business-agents.catalogue.js';
import { ageOfTools } from './sources.js';
import type { LastLookRow } from './system.store.js';

const NOW = new Date('2026-01-15T12:00:00Z');
const factor = (name: string, observed_at: string) => ({
  name,
  value: 1,
  source: `of ${name}`,
  observed_at,
  normalised: 0,
  weight: 1,
  contribution: 0,
});

function look(agent_name: string | null, parts: Partial<LastLookRow> = {}): LastLookRow {
  const price = { value: '1', source: 'exchange', observed_at: '2026-01-15T11:59:30.000Z' };
  const market_snapshot = { market: 'simulated' as const, symbol: 'BTC', taken_at: '', price };
  return {
    run_id: 'run',
    market_snapshot: { ...market_snapshot, change_24h_percent: null, fear_greed: null, dxy: null },
    agent_name,
    factors: [],
    absent: [],
    ...parts,
  };
}

describe('the age of what tools delivered', () => {
  const ages = (looks: LastLookRow[], tools = ['get_price', 'get_vix', 'get_dxy']) =>
    ageOfTools(tools, looks, createBusinessAgents(), NOW);

  it('is that of the newest value of all runs', () => {
    const older = look('macro', { factors: [factor('vix', '2026-01-14T00:00:00.000Z')] });
    const newer = look('macro', { factors: [factor('vix', '2026-01-15T00:00:00.000Z')] });
    for (const looks of [
      [older, newer],
      [newer, older],
    ]) {
      expect(ages(looks, ['get_vix'])).toEqual([
        { tool: 'get_vix', source: 'of vix', observed_at: '2026-01-15T00:00:00.000Z', age_seconds: 43_200, absent: [] },
      ]);
    }
  });

  it('is known of the price without any agent', () => {
    expect(ages([look(null, { factors: null, absent: null })], ['get_price'])).toEqual([
      { tool: 'get_price', source: 'exchange', observed_at: '2026-01-15T11:59:30.000Z', age_seconds: 30, absent: [] },
    ]);
  });

  it('is null, with the reasons, where nothing was delivered', () => {
    const missing = look('macro', {
      absent: [
        { name: 'vix', weight: 1, reason: 'too_old' },
        { name: 'vix', weight: 1, reason: 'no_data' },
        { name: 'vix', weight: 1, reason: 'too_old' },
      ],
    });
    expect(ages([missing], ['get_vix'])).toEqual([
      { tool: 'get_vix', source: null, observed_at: null, age_seconds: null, absent: ['no_data', 'too_old'] },
    ]);
  });

  it('leaves out agents and factors that are gone', () => {
    const gone = [look('retired', { factors: [factor('vix', '2026-01-15T00:00:00.000Z')] })];
    const renamed = [look('macro', { factors: [factor('old_vix', '2026-01-15T00:00:00.000Z')] })];
    for (const looks of [gone, renamed]) expect(ages(looks, ['get_vix'])[0]).toMatchObject({ observed_at: null });
  });
});
