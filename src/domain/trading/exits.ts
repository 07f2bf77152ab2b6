import { Money } from '../money/decimal.js';
import type { PositionSide } from './venue-rules.js';

/** A position as the stops see it. */
export interface Protected {
  readonly side: PositionSide;
  /** Average price without fees. */
  readonly entryPrice: Money;
  /** Beyond it the position is liquidated; null where nothing is. */
  readonly liquidationPrice: Money | null;
  readonly levels: ExitLevels;
}

/** An exit that is due, and the market's price that it is made at. */
export interface Exit {
  readonly kind: ExitKind;
  /** The level that was reached; for a time stop the close. */
  readonly level: Money;
  /** Before slippage. A resting order (take profit) has none. */
  readonly price: Money;
  readonly isResting: boolean;
}

/**
 * The one exit that an observation causes, or null. One cancels the other: the position is gone after it.
 *
 * Losses come first, whatever the order of prices within a candle was: a candle that touches stop and target is a
 * stop. Of stop and liquidation the one nearer to the entry is reached first, unless the market opens beyond both. A
 * market that opens beyond the level fills at the open, which is worse.
 */
export function exitOn(position: Protected, observation: Observation): Exit | null {
  if (observation.from < position.levels.levelsSince) return null;
  return lossOn(position, observation) ?? gainOn(position, observation) ?? timeStopOn(position, observation);
}

function lossOn(
  { side, entryPrice, liquidationPrice, levels }: Protected,
  { open, high, low }: Observation,
): Exit | null {
  const worst = side === 'long' ? low : high;
  const isBeyond = (price: Money, level: Money): boolean => (side === 'long' ? price.lt(level) : price.gt(level));
  const exitAt = (kind: ExitKind, level: Money): Exit => {
    const price = isBeyond(open, level) ? open : level;
    return { kind, level, price, isResting: false };
  };
  const stop = levels.stopLoss;
  const stops = stop !== null && (isBeyond(worst, stop) || worst.eq(stop));
  // At exactly the liquidation price equity still equals the maintenance margin.
  if (liquidationPrice !== null && isBeyond(worst, liquidationPrice)) {
    const comesFirst = !stops || isBeyond(open, liquidationPrice) || isBeyond(stop, liquidationPrice);
    if (comesFirst) return exitAt('liquidation', liquidationPrice);
  }
  if (!stops) return null;
  return exitAt(hasMoved(side, entryPrice, levels) ? 'trailing_stop' : 'stop_loss', stop);
}

function gainOn({ side, levels }: Protected, { high, low }: Observation): Exit | null {
  const target = levels.takeProfit;
  if (target === null) return null;
  const isReached = side === 'long' ? high.gte(target) : low.lte(target);
  return isReached ? { kind: 'take_profit', level: target, price: target, isResting: true } : null;
}

function timeStopOn({ levels }: Protected, { until, close }: Observation): Exit | null {
  if (levels.expiresAt === null || until < levels.expiresAt) return null;
  return { kind: 'time_stop', level: close, price: close, isResting: false };
}

/** A stop that has moved stands at the entry or beyond it, where no first stop can stand. */
function hasMoved(side: PositionSide, entryPrice: Money, { stopLoss, stopDistance }: ExitLevels): boolean {
  if (stopLoss === null || stopDistance === null) return false;
  return side === 'long' ? stopLoss.gte(entryPrice) : stopLoss.lte(entryPrice);
}

/** Gain in R from which the stop moves, and where it stands then, in R from the entry; the largest gain first. */
export const TRAILING_STEPS: readonly (readonly [gain: number, stop: number])[] = [
  [2, 1],
  [1.5, 0.5],
  [1, 0],
];

/**
 * Where the stop stands after an observation that closed nothing; null: where it was. It only ever moves towards
 * profit, and only for observations that the present stop held during.
 */
export function trailedStop(position: Protected, { high, low, from }: Observation): Money | null {
  const { side, entryPrice, levels } = position;
  const { stopDistance, stopLoss, levelsSince } = levels;
  if (stopDistance === null || from < levelsSince) return null;
  const gain = side === 'long' ? high.sub(entryPrice) : entryPrice.sub(low);
  const step = TRAILING_STEPS.find(([reached]) => gain.gte(stopDistance.mul(reached)));
  if (!step) return null;
  const offset = stopDistance.mul(step[1]);
  const stop = side === 'long' ? entryPrice.add(offset) : entryPrice.sub(offset);
  const isTighter = stopLoss === null || (side === 'long' ? stop.gt(stopLoss) : stop.lt(stopLoss));
  return isTighter ? stop : null;
}

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

type ExitKind = (typeof EXIT_KINDS)[number];

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
  /** Base units that an hour trades at that time; null or absent: not known. */
  readonly hourVolume?: Money | null;
}

/** A price as an observation. */
export function observedAt(price: Money, at: Date, hourVolume: Money | null = null): Observation {
  return { open: price, high: price, low: price, close: price, from: at, until: at, hourVolume };
}
