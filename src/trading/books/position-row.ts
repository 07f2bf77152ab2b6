import type { EntryLevels, Traded } from '../../domain/execution/trade.js';
import { toText } from '../../domain/money/decimal.js';
import { isPerpetual, type HeldPosition } from '../../domain/trading/held-position.js';
import { HOUR_MS } from '../../domain/trading/perp/funding-hours.js';
import { averagePriceOf } from '../../domain/trading/perp/perp-position.js';
import type { SpotPosition } from '../../domain/trading/spot-ledger.js';
import type { HeldBefore, PositionDetails, PositionLevels, PositionRow } from './book-rows.js';

interface PositionContext {
  readonly portfolioId: string;
  readonly symbol: string;
  /** When the present position was opened; null when there is none. */
  readonly openedAt: Date | null;
  /** Up to when the position was held as it was before. */
  readonly heldUntil: Date;
  readonly now: Date;
}

/** The row of a position after a fill. Flat literals: a run writes one for every instance that trades. */
export function positionRowOf(context: PositionContext, { settled, levels }: Traded): PositionRow {
  const { position } = settled;
  if (position && (isPerpetual(position) || levels)) return detailedRow(context, position, settled, levels);
  return {
    portfolio_id: context.portfolioId,
    symbol: context.symbol,
    quantity: position ? toText(position.quantity) : null,
    average_entry_price: position ? toText((position as SpotPosition).averageEntryPrice) : null,
    cost_basis: position ? toText(position.costBasis) : null,
    opened_at: context.openedAt ?? context.now,
    updated_at: context.now,
    held: heldBefore(context, settled),
  };
}

/** Spot has no hours to pay for. */
function heldBefore({ openedAt, heldUntil }: PositionContext, settled: Traded['settled']): HeldBefore | null {
  if (openedAt === null || !('ended' in settled)) return null;
  const { ended } = settled;
  return { until: heldUntil, ended: ended && { equity: toText(ended.equity), taken_over: ended.takenOver } };
}

function detailedRow(
  context: PositionContext,
  position: HeldPosition,
  settled: Traded['settled'],
  levels: EntryLevels | null,
): PositionRow {
  const isNew = context.openedAt === null || hasFlipped(settled);
  return {
    portfolio_id: context.portfolioId,
    symbol: context.symbol,
    quantity: toText(position.quantity),
    average_entry_price: toText(isPerpetual(position) ? averagePriceOf(position) : position.averageEntryPrice),
    cost_basis: toText(position.costBasis),
    opened_at: isNew ? context.now : context.openedAt!,
    updated_at: context.now,
    details: detailsOf(position, levels, isNew, context.now),
    held: heldBefore(context, settled),
  };
}

/** A fill that closed one side and opened the other made a new position. */
function hasFlipped({ position, holdingBefore, holdingAfter }: Traded['settled']): boolean {
  return position !== null && isPerpetual(position) && holdingBefore.mul(holdingAfter).lt(0);
}

function detailsOf(position: HeldPosition, levels: EntryLevels | null, isNew: boolean, now: Date): PositionDetails {
  if (!isPerpetual(position)) return { ...SPOT, levels: levels && storedLevels(levels, now) };
  return {
    side: position.side,
    entry_notional: toText(position.entryNotional),
    margin: toText(position.margin),
    leverage: toText(position.leverage),
    // Those before are recorded as it was; the hour of the change is the first that it pays for as it is, at its end.
    funding_until: new Date(Math.floor(now.getTime() / HOUR_MS) * HOUR_MS),
    levels: levels ? storedLevels(levels, now) : isNew ? { ...NO_LEVELS, levels_since: now } : null,
  };
}

const SPOT = { side: 'long', entry_notional: '0', margin: '0', leverage: '1', funding_until: null } as const;
const NO_LEVELS = { stop_loss: null, take_profit: null, stop_distance: null, expires_at: null };

function storedLevels({ stopLoss, takeProfit, stopDistance, holdHours }: EntryLevels, now: Date): PositionLevels {
  return {
    stop_loss: toText(stopLoss),
    take_profit: takeProfit === null ? null : toText(takeProfit),
    stop_distance: toText(stopDistance),
    expires_at: new Date(now.getTime() + holdHours * HOUR_MS),
    levels_since: now,
  };
}
