import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { decisionContext } from '../../../../test/support/decision-context.js';
import { HYPERLIQUID_BTC } from '../../../../test/support/perp-rules.js';
import { applyObservation } from '../../execution/apply-observation.js';
import { executeInstance, valueBooks } from '../../execution/execute-instance.js';
import { Money } from '../../money/decimal.js';
import { observedAt } from '../../trading/exits.js';
import type { PositionSide } from '../../trading/venue-rules.js';
import type { Decision, DecisionChannel, Entry } from '../decision.js';
import { planEntry } from './entry-plan.js';
import { DEFAULT_MOMENTUM_PARAMS, type MomentumParams } from './params.js';

const RUNS = { seed: 5, numRuns: 300 };

interface Given {
  readonly params?: Partial<MomentumParams>;
  readonly channel?: DecisionChannel;
  readonly side?: PositionSide;
  readonly multiplier?: number;
  readonly price?: string;
  readonly atr?: number;
}

/** Equity is 10000; the stop is two average true ranges away. */
function plan({ params, channel, side = 'long', multiplier = 1, price = '50000', atr = 500 }: Given) {
  const context = decisionContext({
    scores: { regime_filter: 0, ta_momentum: 0 },
    params: { ...DEFAULT_MOMENTUM_PARAMS, ...params },
    market: { price },
    ...(channel ? { channel } : {}),
  });
  const inputs = { regimeScore: 50, signal: 'LONG', strength: 1, confidence: 1, atr, stopDistanceAtr: 2 } as const;
  return planEntry(context, inputs, side, multiplier);
}

describe('the leverage of an entry', () => {
  it.each([
    [1.6, '3'],
    [0.8, '2'],
    [1, '3'],
    [0.375, '1'],
  ])('at a multiplier of %s is whole, rounded down: %s', (multiplier, leverage) => {
    expect(plan({ multiplier }).entry?.leverage).toBe(leverage);
  });

  it('below 1 counts as 1 for the margin, while the smaller figure still limits the notional', () => {
    // 1 * sqrt(.57) = .75498: 10000 * .75498 / 50000 = .150996 BTC; the risk alone would buy .114 / .005 = .228.
    const { entry, reasons } = plan({
      params: { base_leverage: 1, base_risk_pct: 10 },
      multiplier: 0.57,
      atr: 125,
    });
    expect(entry?.leverage).toBe('1');
    expect(Number(entry?.quantity)).toBeCloseTo((10_000 * Math.sqrt(0.57)) / 50_000, 12);
    expect(reasons.find(({ code }) => code === 'notional_limited')).toMatchObject({ leverage: Math.sqrt(0.57) });
  });

  it('is a whole number of 1 or more, and the notional is at most equity times the exact figure', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 50, noNaN: true }),
        fc.double({ min: 0.3, max: 1.6, noNaN: true }),
        fc.constantFrom(1, 25, 40),
        fc.constantFrom('long', 'short'),
        (base_leverage, multiplier, max_leverage, side) => {
          const params = { base_leverage, max_leverage: 50, base_risk_pct: 10 };
          const { entry } = plan({ params, multiplier, side, channel: { can_short: true, max_leverage }, atr: 130 });
          if (!entry) return;
          const exact = Math.min(base_leverage * Math.sqrt(multiplier), 50, max_leverage);
          expect(entry.leverage).toMatch(/^[1-9]\d*$/);
          expect(Number(entry.leverage)).toBe(Math.max(1, Math.floor(exact)));
          const most = new Money(10_000).mul(Math.min(exact, Number(entry.leverage)));
          expect(new Money(entry.quantity).mul(50_000).lte(most)).toBe(true);
        },
      ),
      RUNS,
    );
  });
});

/** Hyperliquid's, with the default slippage. */
const PERPETUAL: DecisionChannel = {
  can_short: true,
  max_leverage: 40,
  taker_fee_rate: 0.00045,
  slippage_bps: 5,
  maintenance_margin_rate: 0.0125,
};

describe('the planned risk of an entry', () => {
  it('is the loss of a stop-out, with slippage and fee of both fills', () => {
    // 50025 - 48975.5 = 1049.5; fees .00045 * (50025 + 48975.5) = 44.550225; 200 / 1094.050225 BTC.
    const { entry, reasons } = plan({ channel: PERPETUAL });
    expect(Number(entry?.quantity)).toBeCloseTo(200 / 1094.050225, 12);
    const planned = reasons.find(({ code }) => code === 'entry_plan');
    expect(Number(planned?.['risk'])).toBeCloseTo(200, 12);
  });

  it('covers only the remaining quantity when the leverage cuts it', () => {
    const { entry, reasons } = plan({ channel: PERPETUAL, params: { base_risk_pct: 10 }, atr: 130 });
    expect(reasons.map(({ code }) => code)).toContain('notional_limited');
    // 50025 - 49715.13 = 309.87; fees .00045 * 99740.13.
    const planned = reasons.find(({ code }) => code === 'entry_plan');
    expect(Number(planned?.['risk'])).toBeCloseTo(Number(entry?.quantity) * (309.87 + 0.00045 * 99_740.13), 8);
  });

  it('equals the loss of the books when the stop fills: -1.00 R, long and short, as a venue rounds', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 10_000, max: 99_999, noNaN: true }).map((price) => price.toFixed(1)),
        fc.double({ min: 0.0026, max: 0.04, noNaN: true }),
        fc.constantFrom('long', 'short'),
        fc.double({ min: 0.3, max: 1.6, noNaN: true }),
        (price, atrShare, side, multiplier) => {
          const planned = plan({ channel: PERPETUAL, price, atr: Number(price) * atrShare, side, multiplier });
          if (!planned.entry) return;
          const loss = stoppedOut(planned.entry, price);
          const risk = Number(planned.reasons.find(({ code }) => code === 'entry_plan')?.['risk']);
          // A tick of the venue is a whole dollar here, for both fills and the stop.
          expect(Math.abs(loss / risk + 1)).toBeLessThan(0.005 + 3 / (Number(price) * 2 * atrShare));
        },
      ),
      RUNS,
    );
  });
});

describe('a stop beyond the liquidation', () => {
  const daring = { base_leverage: 40, max_leverage: 40, max_sl_distance_pct: 50 };

  it.each([
    // 75987 * 1.0005 = 76024.9935; at 40 x (1 - 1/40) / (1 - .0125) = .987341772... of it, plus a twentieth of the rest.
    ['long', '64035', 75_062.65181, 75_110.768895],
    ['short', '87939', 76_886.648556, 76_839.766453],
  ] as const)('is refused with its numbers: %s', (side, stop, liquidation, nearest) => {
    const { entry, reasons } = plan({ channel: PERPETUAL, params: daring, side, price: '75987', atr: 5976 });
    expect(entry).toBeNull();
    expect(reasons).toEqual([
      {
        code: 'stop_beyond_liquidation',
        stop_loss: stop,
        liquidation: expect.any(String),
        nearest: expect.any(String),
        leverage: 40,
      },
    ]);
    expect(Number(reasons[0]!['liquidation'])).toBeCloseTo(liquidation, 5);
    expect(Number(reasons[0]!['nearest'])).toBeCloseTo(nearest, 5);
  });

  it('is refused within a twentieth of the distance between liquidation and entry, not beyond', () => {
    const steep = { ...PERPETUAL, slippage_bps: 0 };
    // At 10 x a long from 50000 is liquidated at 45569.62; the farthest stop stands at 45791.139240...
    const at = (distance: number) =>
      plan({ channel: steep, params: { base_leverage: 10, max_leverage: 10 }, atr: distance / 2 });
    expect(at(4208.86).entry?.stop_loss).toBe('45791.14');
    expect(at(4208.87).entry).toBeNull();
  });

  it('is part of the plan, and null when the position cannot be liquidated', () => {
    const planned = ({ reasons }: ReturnType<typeof plan>) => reasons.find(({ code }) => code === 'entry_plan');
    // 50025 * (1 - 1/3) / (1 - .0125)
    expect(Number(planned(plan({ channel: PERPETUAL }))?.['liquidation'])).toBeCloseTo(33_772.151899, 5);
    expect(planned(plan({ channel: { ...PERPETUAL, max_leverage: 1 } }))?.['liquidation']).toBeNull();
    expect(planned(plan({ channel: { can_short: false, max_leverage: 1 } }))?.['liquidation']).toBeNull();
  });

  it('never opens a position that the market liquidates before its stop', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.double({ min: 0.0026, max: 0.2, noNaN: true }),
        fc.constantFrom('long', 'short'),
        (leverage, atrShare, side) => {
          const params = { base_leverage: leverage, max_leverage: 40, max_sl_distance_pct: 50 };
          const { entry } = plan({ channel: PERPETUAL, params, side, price: '60000', atr: 60_000 * atrShare });
          if (!entry) return;
          expect(stoppedOut(entry, '60000')).toBeLessThan(0);
        },
      ),
      RUNS,
    );
  });
});

/** Change of total value when an entry is stopped out, booked as runs and stops do. */
function stoppedOut(entry: Entry, price: string): number {
  const cash = new Money(10_000);
  const counters = { totalTrades: 0, winningTrades: 0, losingTrades: 0 };
  const before = { cash, position: null, initialBalance: cash, peakValue: cash, maxDrawdown: 0, ...counters };
  const venue = { baseAsset: 'BTC', rules: HYPERLIQUID_BTC, slippageBps: 5 };
  const at = { ...venue, price: new Money(price) };
  const decision: Decision = { ...BUY, signal: entry.side === 'long' ? 'BUY' : 'SELL', entry };
  const opened = executeInstance(before, at, valueBooks(before, at), decision);
  const position = opened.after.position!;
  const stopLoss = opened.traded!.levels!.stopLoss;
  const now = new Date(0);
  const levels = { stopLoss, takeProfit: null, stopDistance: null, expiresAt: null, levelsSince: now };
  // A single price at the stop; exitOn decides whether stop or liquidation comes first.
  const change = applyObservation({ ...opened.after, position }, levels, observedAt(stopLoss, now), venue);
  expect(change?.exit?.kind).toBe('stop_loss');
  return change!.concluded!.totalValue.sub(cash).toNumber();
}

const BUY: Decision = {
  conviction_score: 50,
  weighted_score: null,
  risk_factor: 1,
  contributions: {},
  signal: 'BUY',
  signal_strength: 1,
  position_size: 0.1,
  risk_level: 'LOW',
  should_execute: true,
  reasons: [],
  distance_to_buy: null,
  distance_to_sell: null,
  next_state: { consecutive_bullish_count: 0, consecutive_bearish_count: 0 },
};
