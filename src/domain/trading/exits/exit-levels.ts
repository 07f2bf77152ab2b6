import type { Money } from '../../money/decimal.js';

/** What closes a position without a decision. Prices in quote currency; null: there is no such level. */
export interface ExitLevels {
  readonly stopLoss: Money | null;
  readonly takeProfit: Money | null;
  /** One R, above 0: the distance of entry and first stop. Null: the stop does not trail. */
  readonly stopDistance: Money | null;
  /** The time stop. */
  readonly expiresAt: Date | null;
  /** From when on the present stop holds: the opening, or when it last moved. */
  readonly levelsSince: Date;
}

/** Why positions are closed without a decision. `trailing_stop`: a stop that had moved before. */
export const EXIT_KINDS = ['liquidation', 'stop_loss', 'trailing_stop', 'take_profit', 'time_stop'] as const;

export type ExitKind = (typeof EXIT_KINDS)[number];

/**
 * What the market did between two moments, `from` included: a closed candle, or a price, which is a candle of one
 * moment with four equal prices.
 */
export interface Observation {
  readonly open: Money;
  readonly high: Money;
  readonly low: Money;
  readonly close: Money;
  readonly from: Date;
  readonly until: Date;
}

/** A price as an observation. */
export function observedAt(price: Money, at: Date): Observation {
  return { open: price, high: price, low: price, close: price, from: at, until: at };
}
