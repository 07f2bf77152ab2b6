import type { Money } from '../money/decimal.js';
import { exitOn, type Exit, type Protected, trailedStop, type ExitLevels, type Observation } from '../trading/exits.js';
import { isPerpetual, sideOfHeld, type HeldPosition } from '../trading/held-position.js';
import { liquidityOf, slippageOf, type Liquidity } from '../trading/liquidity.js';
import { fillOnPaper, fillResting } from '../trading/paper-fill.js';
import { settlePerpFill } from '../trading/perp/perp-ledger.js';
import { averagePriceOf, liquidationAt, liquidationPriceOf } from '../trading/perp/perp-position.js';
import { settleSpotFill } from '../trading/spot-ledger.js';
import { roundToTick, type VenueRules } from '../trading/venue-rules.js';
import { concludeTrade, type ConcludedBooks, type InstanceBooks } from './execute-instance.js';
import type { Traded, Venue } from './trade.js';

/** The effect of an observation on a position between runs. */
export type PositionChange =
  | { readonly exit: Exit; readonly concluded: ConcludedBooks; readonly trailedTo: null }
  /** The new stop, on a tick of the venue. */
  | { readonly exit: null; readonly concluded: null; readonly trailedTo: Money };

/**
 * Closes a position whose stop, target, time stop or liquidation price an observation has reached, or moves its stop.
 * Pure; the caller must not apply an observation to a position that is already closed.
 *
 * @param books with a position; the result is valued at the observation's closing price.
 * @returns null when nothing changes.
 */
export function applyObservation(
  books: InstanceBooks & { readonly position: HeldPosition },
  levels: ExitLevels,
  observation: Observation,
  venue: Omit<Venue, 'price'>,
): PositionChange | null {
  const guarded = protectedOf(books.position, levels, venue.rules);
  const exit = exitOn(guarded, observation);
  if (exit) {
    const { hourVolume } = observation;
    const liquidity = hourVolume ? liquidityOf(hourVolume, venue.rules) : null;
    const traded = closeAt(books, exit, venue, liquidity);
    return { exit, concluded: concludeTrade(books, observation.close, traded), trailedTo: null };
  }
  const stop = trailedStop(guarded, observation);
  if (!stop) return null;
  const trailedTo = roundToTick(stop, venue.rules);
  // Rounding to the tick can give the present stop.
  return levels.stopLoss?.eq(trailedTo) ? null : { exit: null, concluded: null, trailedTo };
}

function protectedOf(position: HeldPosition, levels: ExitLevels, { perpetual }: VenueRules): Protected {
  if (!isPerpetual(position)) {
    return { side: 'long', entryPrice: position.averageEntryPrice, liquidationPrice: null, levels };
  }
  const liquidationPrice = perpetual ? liquidationPriceOf(position, perpetual) : null;
  return { side: position.side, entryPrice: averagePriceOf(position), liquidationPrice, levels };
}

/**
 * Closes the whole position, however small it is and however little the market trades: a stop must not fail because of
 * the venue's minimum or the volume. A large position pays its price impact.
 */
function closeAt(
  { cash, position }: InstanceBooks,
  exit: Exit,
  venue: Omit<Venue, 'price' | 'liquidity'>,
  liquidity: Liquidity | null,
): Traded {
  const { rules, baseAsset, slippageBps } = venue;
  const side = sideOfHeld(position!) === 'long' ? 'SELL' : 'BUY';
  const order = { side, quantity: position!.quantity } as const;
  const fill = exit.isResting
    ? fillResting(order, exit.price, rules)
    : fillOnPaper(order, exit.price, rules, slippageOf(order.quantity, slippageBps, liquidity));
  const common = { cash, fill, baseAsset, quoteAsset: rules.quoteAsset };
  const limit = exit.isResting ? { limit: fill.price } : {};
  if (!isPerpetual(position!))
    return { fill, settled: settleSpotFill({ ...common, position }), levels: null, ...limit };
  // Exactly at the liquidation price equity still covers the maintenance margin, so the position closes at the market.
  const liquidation =
    exit.kind === 'liquidation'
      ? { liquidation: liquidationAt(position, exit.price, rules.perpetual!) ?? 'closed' }
      : {};
  const settled = settlePerpFill({ ...common, position, leverage: position.leverage, ...liquidation });
  return { fill, settled, levels: null, ...limit };
}
