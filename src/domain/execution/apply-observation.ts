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

/** How an observation changed a position between runs. */
export type PositionChange =
  | { readonly exit: Exit; readonly concluded: ConcludedBooks; readonly trailedTo: null }
  /** The stop moved to this price, on a tick of the venue. */
  | { readonly exit: null; readonly concluded: null; readonly trailedTo: Money };

/**
 * Closes a position whose stop, target, time or liquidation price an observation has reached, or moves its stop. Pure:
 * the same books and observation give the same; a second look at the closed position is the caller's to forbid.
 *
 * @param books with a position; its value afterwards is that at the close of the observation.
 * @returns null when nothing is due.
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
  // To the nearest tick may be back to where it stands.
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
 * All of it, however little it is worth and however little the market trades: a stop that the venue's minimum or the
 * volume held back would be no stop. A large position moves the price against itself.
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
  // Exactly at its price a position is not under water yet: it is closed at the market.
  const liquidation =
    exit.kind === 'liquidation'
      ? { liquidation: liquidationAt(position, exit.price, rules.perpetual!) ?? 'closed' }
      : {};
  const settled = settlePerpFill({ ...common, position, leverage: position.leverage, ...liquidation });
  return { fill, settled, levels: null, ...limit };
}
