import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { runDecisionAgentContract } from '../../../../test/support/decision-agent.contract.js';
import { decisionContext } from '../../../../test/support/decision-context.js';
import { REASON_CODES } from '../reason-codes.js';
import { MultiAgentConvictionDecision } from './multi-agent-conviction-decision.js';
import type { ConvictionParams } from './params.js';

const agent = new MultiAgentConvictionDecision();

/** Every valid param set for the default agents. */
const validParams: fc.Arbitrary<ConvictionParams> = fc
  .record({
    weights: fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 })),
    thresholds: fc.tuple(...[0, 1, 2].map(() => fc.integer({ min: 0, max: 99 }))),
    fg_circuit_breaker_threshold: fc.integer({ min: 0, max: 100 }),
    fg_position_adjust_threshold: fc.integer({ min: 0, max: 100 }),
    circuit_breaker_blocks_exits: fc.boolean(),
    consecutive_signal_threshold: fc.integer({ min: 1, max: 1000 }),
    multipliers: fc.tuple(fc.double({ min: 1, max: 5, noNaN: true }), fc.double({ min: 1, max: 5, noNaN: true })),
    max_position_size: fc.double({ min: 1e-9, max: 1, noNaN: true }),
  })
  .map(({ weights: [one, other], thresholds, multipliers, ...rest }) => {
    const [low, high] = [Math.min(one, other), Math.max(one, other)];
    const [full, partial, buy] = thresholds.sort((a, b) => a - b) as [number, number, number];
    return Object.assign(rest, {
      agent_weights: { macro: low / 100, onchain: (high - low) / 100, ta: (100 - high) / 100 },
      full_sell_threshold: full,
      partial_sell_threshold: Math.max(partial, full + 1),
      buy_threshold: Math.max(buy, full + 1),
      acceleration_multiplier_min: Math.min(...multipliers),
      acceleration_multiplier_max: Math.max(...multipliers),
    });
  });

runDecisionAgentContract(agent, { params: validParams });

describe('properties over all valid params', () => {
  const anything = fc.record({
    params: validParams,
    scores: fc.record({
      macro: fc.double({ min: -150, max: 150, noNaN: true }),
      onchain: fc.double({ min: -150, max: 150, noNaN: true }),
      ta: fc.double({ min: -150, max: 150, noNaN: true }),
    }),
    market: fc.record({
      fear_greed: fc.option(fc.integer({ min: 0, max: 100 })),
      change_24h_percent: fc.option(fc.double({ min: -60, max: 60, noNaN: true })),
      dxy: fc.option(fc.double({ min: 80, max: 130, noNaN: true })),
    }),
    positionRatio: fc.double({ min: 0, max: 1, noNaN: true }),
    state: fc.record({
      consecutive_bullish_count: fc.integer({ min: 0, max: 2000 }),
      consecutive_bearish_count: fc.integer({ min: 0, max: 2000 }),
    }),
  });

  it('sizes stay within the limits and only documented reasons are given', () => {
    fc.assert(
      fc.property(anything, ({ params, ...given }) => {
        const decision = agent.decide(decisionContext({ ...given, params }));
        const { signal, position_size } = decision;
        const smallest = Math.min(0.002, params.max_position_size);
        const allowed = {
          BUY: position_size >= smallest && position_size <= params.max_position_size,
          SELL: (position_size > 0 && position_size <= 0.5) || position_size === 1,
          HOLD: position_size === 0,
        };
        expect(allowed[signal]).toBe(true);
        for (const { code } of decision.reasons) expect(Object.keys(REASON_CODES)).toContain(code);
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  it('a counter increases by one or resets to 0, and never both increase', () => {
    fc.assert(
      fc.property(anything, ({ params, ...given }) => {
        const after = agent.decide(decisionContext({ ...given, params })).next_state;
        const before = given.state;
        expect([0, before.consecutive_bullish_count + 1]).toContain(after.consecutive_bullish_count);
        expect([0, before.consecutive_bearish_count + 1]).toContain(after.consecutive_bearish_count);
        expect(Math.min(after.consecutive_bullish_count, after.consecutive_bearish_count)).toBe(0);
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});
