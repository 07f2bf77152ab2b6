import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { decisionContext } from '../../../../test/support/decision-context.js';
import { Money } from '../../money/decimal.js';
import type { PositionSide } from '../../trading/venue-rules.js';
import type { DecisionChannel } from '../decision.js';
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

  it('below 1 is 1 for the margin, and the notional is still limited by the smaller figure', () => {
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
