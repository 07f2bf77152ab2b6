import { describe, expect, it } from '@jest/globals';
import { HYPERLIQUID_BTC } from '../../../test/support/perp-rules.js';
import { BINANCE_BTC } from '../../../test/support/spot-rules.js';
import type { Decision, Entry } from '../decision/decision.js';
import { Money } from '../money/decimal.js';
import type { VenueRules } from '../trading/venue-rules.js';
import { trade } from './trade.js';

function entry(side: 'long' | 'short', levels: Pick<Entry, 'stop_loss' | 'take_profit'>): Decision {
  return {
    conviction_score: 50,
    weighted_score: 0,
    risk_factor: 1,
    contributions: {},
    signal: side === 'long' ? 'BUY' : 'SELL',
    signal_strength: 1,
    position_size: 0.5,
    entry: { side, quantity: '0.01', leverage: '2', stop_distance: '1000', hold_hours: 24, ...levels },
    risk_level: 'LOW',
    should_execute: true,
    reasons: [],
    distance_to_buy: 0,
    distance_to_sell: 0,
    next_state: { consecutive_bullish_count: 0, consecutive_bearish_count: 0 },
  };
}

function venue(rules: VenueRules) {
  return { baseAsset: 'BTC', rules, price: new Money(50_000), slippageBps: 0 };
}

describe('executing a decision', () => {
  it('sells nothing of a holding for a short that the channel cannot open, and says why', () => {
    const position = { quantity: new Money(1), costBasis: new Money(40_000), averageEntryPrice: new Money(40_000) };
    const funds = { cash: new Money(1000), position, totalValue: new Money(51_000) };
    const decision = entry('short', { stop_loss: '51000', take_profit: '48000' });
    expect(trade(funds, venue(BINANCE_BTC), decision)).toEqual({
      planned: [{ code: 'channel_cannot_short', side: 'short' }],
      traded: null,
    });
  });

  it('does not change the stops of a position that a cut order only reduces', () => {
    const margin = { margin: new Money(10_000_000), costBasis: new Money(10_000_000), leverage: new Money(2) };
    const position = {
      side: 'long',
      quantity: new Money(400),
      entryNotional: new Money(20_000_000),
      ...margin,
    } as const;
    const funds = { cash: new Money(10_000_000), position, totalValue: new Money(20_000_000) };
    const { traded, planned } = trade(
      funds,
      venue(HYPERLIQUID_BTC),
      entry('short', { stop_loss: '51000', take_profit: '48000' }),
    );
    expect(planned.map(({ code }) => code)).toEqual(['order_size_limited']);
    expect(traded!.settled.position).toMatchObject({ side: 'long', quantity: new Money(100) });
    expect(traded!.levels).toBeNull();
  });

  it.each<[string, 'long' | 'short', Pick<Entry, 'stop_loss' | 'take_profit'>, (string | null)[]]>([
    ['to the nearest valid price', 'long', { stop_loss: '49000.4', take_profit: '52000.5' }, ['49000', '52001']],
    ['no target without one', 'long', { stop_loss: '49000', take_profit: null }, ['49000', null]],
    ['never to 0', 'long', { stop_loss: '0.01', take_profit: '52000' }, ['0.1', '52000']],
    ['a tiny target becomes one tick', 'short', { stop_loss: '51000', take_profit: '0.0000001' }, ['51000', '0.1']],
  ])('rounds stops to prices of the venue: %s', (_which, side, levels, expected) => {
    const funds = { cash: new Money(1000), position: null, totalValue: new Money(1000) };
    const { traded } = trade(funds, venue(HYPERLIQUID_BTC), entry(side, levels));
    const { stopLoss, takeProfit } = traded!.levels!;
    expect([stopLoss.toFixed(), takeProfit?.toFixed() ?? null]).toEqual(expected);
  });
});
