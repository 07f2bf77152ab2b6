import type { EntryLevels, Traded } from '../../domain/execution/trade.js';
import { toText } from '../../domain/money/decimal.js';
import { isPerpetual, type HeldPosition } from '../../domain/trading/held-position.js';
import { HOUR_MS } from '../../domain/trading/perp/funding-hours.js';
import { averagePriceOf, type PerpPosition } from '../../domain/trading/perp/perp-position.js';
import type { SettledPerpFill } from '../../domain/trading/perp/perp-ledger.js';
import type { Row } from '../../platform/database/row.js';
import type { BookRows } from './books.store.js';
import type { Position } from './position.entity.js';

interface PositionContext {
  readonly portfolioId: string;
  readonly symbol: string;
  /** Opening time of the current position; null without one. */
  readonly openedAt: Date | null;
  /** End of the time the old position was held. */
  readonly heldUntil: Date;
  readonly now: Date;
}

/** Adds the row of a position after a fill. */
export function addPosition(rows: BookRows, context: PositionContext, { settled, levels }: Traded): void {
  const { position } = settled;
  if (context.openedAt !== null && 'ended' in settled) addHeld(rows, context, settled.ended);
  if (!position) {
    rows.closed.push({ portfolio_id: context.portfolioId, symbol: context.symbol });
    return;
  }
  if (isPerpetual(position) || levels) {
    rows.detailed.push(detailedRow(context, position, settled, levels));
    return;
  }
  rows.spot.push({
    portfolio_id: context.portfolioId,
    symbol: context.symbol,
    side: 'long',
    quantity: toText(position.quantity),
    average_entry_price: toText(position.averageEntryPrice),
    cost_basis: toText(position.costBasis),
    opened_at: context.openedAt ?? context.now,
    updated_at: context.now,
  });
}

/** For perpetuals only; spot pays no funding. */
function addHeld(rows: BookRows, context: PositionContext, ended: SettledPerpFill['ended']): void {
  rows.held.push({
    portfolio_id: context.portfolioId,
    symbol: context.symbol,
    until: context.heldUntil,
    closed_at: context.now,
    equity: ended ? toText(ended.equity) : null,
    taken_over: ended ? ended.takenOver : null,
  });
}

function detailedRow(
  context: PositionContext,
  position: HeldPosition,
  settled: Traded['settled'],
  levels: EntryLevels | null,
): Row<Position> {
  const { now } = context;
  const isNew = context.openedAt === null || hasFlipped(settled);
  return {
    portfolio_id: context.portfolioId,
    symbol: context.symbol,
    quantity: toText(position.quantity),
    average_entry_price: toText(isPerpetual(position) ? averagePriceOf(position) : position.averageEntryPrice),
    cost_basis: toText(position.costBasis),
    opened_at: isNew ? now : context.openedAt!,
    updated_at: now,
    ...(isPerpetual(position) ? perpetualColumns(position, now) : SPOT),
    ...(levels
      ? levelColumns(levels, now)
      : { ...NO_LEVELS, levels_since: isPerpetual(position) && isNew ? now : null }),
  };
}

/** A fill that closes one side and opens the other makes a new position. */
function hasFlipped({ position, holdingBefore, holdingAfter }: Traded['settled']): boolean {
  return position !== null && isPerpetual(position) && holdingBefore.mul(holdingAfter).lt(0);
}

function perpetualColumns(position: PerpPosition, now: Date) {
  return {
    side: position.side,
    entry_notional: toText(position.entryNotional),
    margin: toText(position.margin),
    leverage: toText(position.leverage),
    // Earlier hours are recorded with the old position. The hour of the change is the first that the new one pays, at its end.
    funding_until: new Date(Math.floor(now.getTime() / HOUR_MS) * HOUR_MS),
  };
}

const SPOT = { side: 'long', entry_notional: '0', margin: '0', leverage: '1', funding_until: null } as const;
const NO_LEVELS = { stop_loss: null, take_profit: null, stop_distance: null, expires_at: null };

function levelColumns({ stopLoss, takeProfit, stopDistance, holdHours }: EntryLevels, now: Date) {
  return {
    stop_loss: toText(stopLoss),
    take_profit: takeProfit === null ? null : toText(takeProfit),
    stop_distance: toText(stopDistance),
    expires_at: new Date(now.getTime() + holdHours * HOUR_MS),
    levels_since: now,
  };
}
