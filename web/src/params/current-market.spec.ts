import { describe, expect, it } from '@jest/globals';
import type { Schemas } from '../api/client.js';
import { currentMarketOf, runFailureOf, whatIfOf } from './current-market.js';

function run(changes: Partial<Schemas['RunView']> = {}): Schemas['RunView'] {
  const analyses = [
    { agent_name: 'ta_momentum', score: 20, details: { outputs: { signal: 'LONG', atr: 500, secret: 1 } } },
    { agent_name: 'regime_filter', score: null, details: {} },
  ];
  const market_snapshot = { market: 'simulated', price: { value: '65000' }, fear_greed: { value: 40 }, dxy: null };
  return { status: 'completed', scheduled_for: 'then', market_snapshot, analyses, ...changes } as Schemas['RunView'];
}
const READ = { ta_momentum: ['signal', 'atr'] };

describe('the market of a what-if', () => {
  it('is that of the latest successful run with a price', () => {
    const later = [run({ status: 'failed' }), run({ market_snapshot: null }), run({ scheduled_for: 'later' }), run()];
    expect(currentMarketOf(later, READ)?.at).toBe('later');
    expect(currentMarketOf(later.slice(0, 2), READ)).toBeNull();
  });

  it('contains only outputs that the decision agent reads, and no missing values', () => {
    expect(currentMarketOf([run()], READ)).toMatchObject({
      market: 'simulated',
      given: {
        analyses: { ta_momentum: { score: 20, signal: 'LONG', atr: 500 } },
        market: { price: '65000', change_24h_percent: null, fear_greed: 40, dxy: null },
      },
    });
    expect(currentMarketOf([run()], READ)?.given.analyses).not.toHaveProperty('regime_filter');
    expect(currentMarketOf([run()], READ)?.given.analyses['ta_momentum']).not.toHaveProperty('secret');
  });

  it('includes the capabilities of the venue, so that spot has no shorts', () => {
    const market = currentMarketOf([run()], READ)!;
    const own = { params: {}, portfolio: { cash: '1' } };
    const costs = { taker_fee_rate: 0.001, slippage_bps: 5, maintenance_margin_rate: null };
    const spot = { can_short: false, max_leverage: 1, ...costs };
    expect(whatIfOf(market, spot, own)).toEqual({ ...market.given, ...own, channel: spot });
    expect(whatIfOf(market, null, own)).toEqual({ ...market.given, ...own });
  });
});

describe('the failure of runs', () => {
  const error = { code: 'market_data_unavailable', message: 'There was no market price.' };
  const run = (scheduled_for: string, status: 'queued' | 'completed' | 'failed' | 'skipped') => ({
    scheduled_for,
    status,
    error: status === 'failed' ? error : null,
  });

  it('is that of the last run that ended, since the first after a success', () => {
    const runs = [
      run('5', 'queued'),
      run('4', 'failed'),
      run('3', 'skipped'),
      run('2', 'failed'),
      run('1', 'completed'),
    ];
    expect(runFailureOf(runs)).toEqual({ ...error, since: '2' });
    expect(runFailureOf(runs.slice(0, 4))).toEqual({ ...error, since: '2' });
  });

  it('is none after a success, and before the first run', () => {
    expect(runFailureOf([run('2', 'completed'), run('1', 'failed')])).toBeNull();
    expect(runFailureOf([])).toBeNull();
  });
});
