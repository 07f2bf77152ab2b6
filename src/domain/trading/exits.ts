import { Money } from '../money/decimal.js';
import type { PositionSide } from './venue-rules.js';

/** The part of a position that exits depend on. */
export interface Protected {
  readonly side: PositionSide;
  /** Average price; without fees on perpetuals, with buy fees on spot. */
  readonly entryPrice: Money;
  /** The position is liquidated beyond this price; null: it cannot be liquidated. */
  readonly liquidationPrice: Money | null;
  readonly levels: ExitLevels;
}

/** An exit that is due, with the market price it executes at. */
export interface Exit {
  readonly kind: ExitKind;
  /** The level that was reached; for a time stop the closing price. */
  readonly level: Money;
  /** Before slippage. A resting order (take profit) has none. */
  readonly price: Money;
  readonly isResting: boolean;
}

/**
 * The exit that an observation causes, or null. At most one: it closes the whole position.
 *
 * The order of prices within a candle is unknown, so losses come first: a candle that touches both stop and target
 * counts as a stop. Of stop and liquidation, the one nearer to the entry is reached first, unless the market opens
 * beyond both. A market that opens beyond the level fills at the open, which is worse.
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

/** A stop that has moved lies at the entry or beyond it, where no initial stop can lie. */
function hasMoved(side: PositionSide, entryPrice: Money, { stopLoss, stopDistance }: ExitLevels): boolean {
  if (stopLoss === null || stopDistance === null) return false;
  return side === 'long' ? stopLoss.gte(entryPrice) : stopLoss.lte(entryPrice);
}

/** Gain in R at which the stop moves -> its new distance from the entry in R; the largest gain first. */
export const TRAILING_STEPS: readonly (readonly [gain: number, stop: number])[] = [
  [2, 1],
  [1.5, 0.5],
  [1, 0],
];

/**
 * The new stop after an observation that closed nothing; null: unchanged. The stop only moves towards profit, and only
 * on observations that began after the present stop was set.
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

/** The levels that close a position without a decision. Prices in quote currency; null: no such level. */
export interface ExitLevels {
  readonly stopLoss: Money | null;
  readonly takeProfit: Money | null;
  /** One R, above 0: the distance between entry and initial stop. Null: the stop does not trail. */
  readonly stopDistance: Money | null;
  /** When the time stop is due. */
  readonly expiresAt: Date | null;
  /** When the present stop was set: at the opening, or when it last moved. */
  readonly levelsSince: Date;
}

/** Reasons to close a position without a decision. `trailing_stop`: a stop that had moved. */
export const EXIT_KINDS = ['liquidation', 'stop_loss', 'trailing_stop', 'take_profit', 'time_stop'] as const;

type ExitKind = (typeof EXIT_KINDS)[number];

/**
 * The market's movement between two points in time: a closed candle, or a single price, which has four equal prices and
 * `from` equal to `until`.
 */
export interface Observation {
  readonly open: Money;
  readonly high: Money;
  readonly low: Money;
  readonly close: Money;
  readonly from: Date;
  readonly until: Date;
  /** Base units that the market trades per hour at that time; null or absent: unknown. */
  readonly hourVolume?: Money | null;
}

export function observedAt(price: Money, at: Date, hourVolume: Money | null = null): Observation {
  return { open: price, high: price, low: price, close: price, from: at, until: at, hourVolume };
}
