import { z } from 'zod';
import { whenNumbers } from '../../params/validate-params.js';

export interface MomentumParams {
  /** Percent of equity lost at the initial stop, fees and slippage included, at a multiplier of 1. */
  readonly base_risk_pct: number;
  readonly base_leverage: number;
  readonly max_leverage: number;
  /** 0..1. */
  readonly min_signal_strength: number;
  /** 0..1. */
  readonly min_confidence: number;
  /** Regime points for the wanted side, 0..100. */
  readonly extreme_regime_threshold: number;
  readonly default_sl_atr_multiplier: number;
  /** Target distance / stop distance. */
  readonly default_tp_rr: number;
  readonly min_tp_rr: number;
  /** Percent of the entry price. */
  readonly min_sl_distance_pct: number;
  readonly max_sl_distance_pct: number;
  readonly max_concurrent_positions: number;
  readonly cooldown_minutes: number;
}

/** The params of the template `momentum_regime_btc_v1`. */
export const DEFAULT_MOMENTUM_PARAMS: MomentumParams = {
  base_risk_pct: 2,
  base_leverage: 3,
  max_leverage: 5,
  min_signal_strength: 0.6,
  min_confidence: 0.5,
  extreme_regime_threshold: 25,
  default_sl_atr_multiplier: 2,
  default_tp_rr: 2,
  min_tp_rr: 1.5,
  min_sl_distance_pct: 0.5,
  max_sl_distance_pct: 10,
  max_concurrent_positions: 3,
  cooldown_minutes: 60,
};

/** The highest leverage of any supported venue. */
const MOST_LEVERAGE = 50;

/** Complete params. Rules across fields run as soon as their fields are numbers. */
export function momentumParamsSchema(): z.ZodType<MomentumParams> {
  return z
    .strictObject({
      base_risk_pct: above0(10).describe(
        'Percent of equity lost when the stop loss is hit in a neutral regime, fees and slippage included.',
      ),
      base_leverage: z
        .number()
        .min(1)
        .max(MOST_LEVERAGE)
        .describe('Leverage in a neutral regime; the result is rounded down to a whole number.'),
      max_leverage: z.number().min(1).max(MOST_LEVERAGE).describe('Highest leverage.'),
      min_signal_strength: z.number().min(0).max(1).describe('Strength of the momentum below which it holds.'),
      min_confidence: z.number().min(0).max(1).describe('Confidence below which it holds.'),
      extreme_regime_threshold: z
        .number()
        .min(0)
        .max(100)
        .describe('Regime points for the wanted side below which it holds; 0 = never.'),
      default_sl_atr_multiplier: above0(20).describe('Distance of the stop, in average true ranges.'),
      default_tp_rr: above0(20).describe('Distance of the target in distances of the stop, in a neutral regime.'),
      min_tp_rr: above0(20).describe('Smallest distance of the target in distances of the stop.'),
      min_sl_distance_pct: z.number().min(0).max(50).describe('Stops nearer than this percentage are not traded.'),
      max_sl_distance_pct: above0(50).describe('Stops farther than this percentage are not traded.'),
      max_concurrent_positions: z.int().min(1).max(100).describe('Most open positions.'),
      cooldown_minutes: z.int().min(0).max(10_080).describe('Minutes without a new entry after a trade.'),
    })
    .refine((params) => params.base_leverage <= params.max_leverage, {
      path: ['base_leverage'],
      params: { code: 'leverage_order' },
      message: 'base_leverage must not be above max_leverage.',
      when: whenNumbers('base_leverage', 'max_leverage'),
    })
    .refine((params) => params.min_sl_distance_pct < params.max_sl_distance_pct, {
      path: ['min_sl_distance_pct'],
      params: { code: 'distance_order' },
      message: 'min_sl_distance_pct must be below max_sl_distance_pct.',
      when: whenNumbers('min_sl_distance_pct', 'max_sl_distance_pct'),
    });
}

function above0(maximum: number): z.ZodNumber {
  return z.number().gt(0).max(maximum);
}
