import { z } from 'zod';
import type { DecisionAgent } from '../../src/domain/decision/decision-agent.js';
import type { Decision, DecisionContext } from '../../src/domain/decision/decision.js';
import { reason } from '../../src/domain/decision/reason-codes.js';

interface OneScoreParams {
  /** Conviction (0..100) from which it buys, and below which it sells everything. */
  readonly buy_from: number;
  readonly sell_below: number;
  /** Fraction of total value. */
  readonly size: number;
}

/** Buys while macro is good, sells everything when it is bad. */
export class OneScoreDecision implements DecisionAgent<OneScoreParams> {
  readonly name = 'OneScoreDecision';
  readonly module = 'domain/decision/one-score/one-score-decision';
  readonly version = '1.0.0';
  readonly description = 'Buys while macro is good, sells everything when it is bad.';
  readonly defaultBusinessAgents = ['macro'];
  readonly defaultParams = { buy_from: 60, sell_below: 40, size: 0.01 };

  acceptsBusinessAgents(agents: readonly string[]): string[] {
    return agents.includes('macro') ? [] : ['It needs the business agent macro.'];
  }

  paramsSchema(): z.ZodType<OneScoreParams> {
    return z.strictObject({
      buy_from: z.number().min(50).max(100).describe('Conviction from which it buys.'),
      sell_below: z.number().min(0).max(50).describe('Conviction below which it sells everything.'),
      size: z.number().min(0.001).max(1).describe('Fraction of total value that it buys.'),
    });
  }

  decide({ business_agents, analyses, params, state }: DecisionContext<OneScoreParams>): Decision {
    const missing = business_agents.filter((agent) => !Object.hasOwn(analyses, agent));
    // A failure is no neutral opinion: without an analysis nothing is decided.
    if (missing.length > 0) {
      return { ...HOLD, next_state: state, reasons: missing.map((agent) => reason('agent_unavailable', { agent })) };
    }
    const score = Math.min(Math.max(analyses['macro']!.score, -100), 100);
    const conviction = (score + 100) / 2;
    const opinion = {
      ...HOLD,
      conviction_score: conviction,
      weighted_score: score,
      risk_factor: 1,
      contributions: { macro: score },
      distance_to_buy: Math.max(params.buy_from - conviction, 0),
      distance_to_sell: Math.max(conviction - params.sell_below, 0),
      next_state: state,
    };
    if (conviction >= params.buy_from) {
      const numbers = { conviction, threshold: params.buy_from, strength: 1, size: params.size };
      const reasons = [reason('buy_signal', numbers)];
      return { ...opinion, ...ACT, signal: 'BUY', position_size: params.size, reasons };
    }
    if (conviction < params.sell_below) {
      const numbers = { conviction, threshold: params.sell_below, strength: 1, size: 1 };
      return { ...opinion, ...ACT, signal: 'SELL', position_size: 1, reasons: [reason('full_sell_signal', numbers)] };
    }
    const band = { conviction, from: params.sell_below, below: params.buy_from };
    return { ...opinion, reasons: [reason('hold_band', band)] };
  }

  smallestBuyFraction({ size }: OneScoreParams): number {
    return size;
  }
}

const ACT = { signal_strength: 1, should_execute: true } as const;

const HOLD = {
  conviction_score: null,
  weighted_score: null,
  risk_factor: null,
  contributions: {},
  signal: 'HOLD',
  signal_strength: 0,
  position_size: 0,
  risk_level: 'MEDIUM',
  should_execute: false,
  distance_to_buy: null,
  distance_to_sell: null,
} as const;
