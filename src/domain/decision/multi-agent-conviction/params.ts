import { z } from 'zod';
import { whenNumbers } from '../../params/validate-params.js';

/** Thresholds are conviction points or index points, 0..100. */
export interface ConvictionParams {
  /** Business agent -> weight 0..1; the weights add up to 1. */
  readonly agent_weights: Readonly<Record<string, number>>;
  readonly buy_threshold: number;
  readonly partial_sell_threshold: number;
  readonly full_sell_threshold: number;
  readonly fg_circuit_breaker_threshold: number;
  readonly fg_position_adjust_threshold: number;
  readonly circuit_breaker_blocks_exits: boolean;
  readonly consecutive_signal_threshold: number;
  readonly acceleration_multiplier_min: number;
  readonly acceleration_multiplier_max: number;
  /** Fraction of total value. */
  readonly max_position_size: number;
}

/** The params of the template `multi_agent_btc_v1`. */
export const DEFAULT_CONVICTION_PARAMS: ConvictionParams = {
  agent_weights: { macro: 0.4, onchain: 0.4, ta: 0.2 },
  buy_threshold: 55,
  partial_sell_threshold: 50,
  full_sell_threshold: 45,
  fg_circuit_breaker_threshold: 20,
  fg_position_adjust_threshold: 30,
  circuit_breaker_blocks_exits: true,
  consecutive_signal_threshold: 30,
  acceleration_multiplier_min: 1.1,
  acceleration_multiplier_max: 2.0,
  max_position_size: 0.01,
};

/**
 * Allowed deviation of the sum of weights from 1; slightly above .01, because .2 + .2 + .61 is not exactly 1.01 in
 * floats.
 */
const WEIGHT_SUM_TOLERANCE = 0.01 + 1e-9;

/**
 * Complete params for a definition with these business agents. Rules across fields run as soon as their fields are
 * numbers, so that one answer names every violation.
 */
export function convictionParamsSchema(businessAgents: readonly string[]): z.ZodType<ConvictionParams> {
  return z
    .strictObject({
      agent_weights: weights(businessAgents),
      buy_threshold: points('Conviction from which it buys.'),
      partial_sell_threshold: points('Conviction below which it sells part of the holding.'),
      full_sell_threshold: points('Conviction below which it sells the whole holding; 0 = never.'),
      fg_circuit_breaker_threshold: points('Fear and greed below which nothing is bought.'),
      fg_position_adjust_threshold: points('Fear and greed below which buys are 20 % smaller.'),
      circuit_breaker_blocks_exits: z.boolean().describe('Whether the circuit breaker holds back sells too.'),
      consecutive_signal_threshold: z
        .int()
        .min(1)
        .max(1000)
        .describe('Bullish decisions in a row from which buys become larger.'),
      acceleration_multiplier_min: z.number().min(1).max(5).describe('Factor of a buy at that count.'),
      acceleration_multiplier_max: z.number().min(1).max(5).describe('Largest factor, reached 100 decisions later.'),
      max_position_size: z.number().gt(0).max(1).describe('Largest single buy, as a fraction of total value.'),
    })
    .refine((params) => params.full_sell_threshold < params.partial_sell_threshold, {
      path: ['full_sell_threshold'],
      params: { code: 'threshold_order', values: { below: 'partial_sell_threshold' } },
      message: 'full_sell_threshold must be below partial_sell_threshold.',
      when: whenNumbers('full_sell_threshold', 'partial_sell_threshold'),
    })
    .refine((params) => params.partial_sell_threshold <= params.buy_threshold, {
      path: ['partial_sell_threshold'],
      params: { code: 'threshold_order', values: { maximum: 'buy_threshold' } },
      message: 'partial_sell_threshold must not be above buy_threshold.',
      when: whenNumbers('partial_sell_threshold', 'buy_threshold'),
    })
    .refine((params) => params.acceleration_multiplier_min <= params.acceleration_multiplier_max, {
      path: ['acceleration_multiplier_min'],
      params: { code: 'multiplier_order' },
      message: 'acceleration_multiplier_min must not be above acceleration_multiplier_max.',
      when: whenNumbers('acceleration_multiplier_min', 'acceleration_multiplier_max'),
    });
}

function weights(businessAgents: readonly string[]): z.ZodType<Record<string, number>> {
  const shape = Object.fromEntries(businessAgents.map((agent) => [agent, z.number().min(0).max(1)]));
  return z
    .strictObject(shape)
    .refine((given) => Math.abs(sumOf(given, businessAgents) - 1) <= WEIGHT_SUM_TOLERANCE, {
      params: { code: 'weights_sum' },
      message: 'The weights must add up to 1.',
      when: whenNumbers(...businessAgents),
    })
    .describe("Weight of each of the definition's business agents; together 1.");
}

function sumOf(given: Readonly<Record<string, number>>, businessAgents: readonly string[]): number {
  return businessAgents.reduce((sum, agent) => sum + (given[agent] ?? 0), 0);
}

function points(description: string): z.ZodNumber {
  return z.number().min(0).max(100).describe(description);
}
