import type { Decision, DecisionPortfolio, InstanceState, Reason } from '../decision/decision.js';
import { toText, type Money } from '../money/decimal.js';
import { advanceDrawdown, winRateOf } from '../portfolio/performance.js';
import { heldValueOf, sideOfHeld, signedQuantityOf, type HeldPosition } from '../trading/held-position.js';
import { trade, type Traded, type TradeOutcome, type Venue } from './trade.js';

/** An instance's books before a run. Money in quote currency. */
export interface InstanceBooks {
  readonly cash: Money;
  readonly position: HeldPosition | null;
  readonly initialBalance: Money;
  /** Highest total value so far. */
  readonly peakValue: Money;
  /** 0..1. */
  readonly maxDrawdown: number;
  readonly totalTrades: number;
  readonly winningTrades: number;
  readonly losingTrades: number;
}

/** The result of a run for one instance: its decision, its trade and its books afterwards. */
export interface InstanceExecution extends ConcludedBooks {
  /** The portfolio that the decision was based on. */
  readonly portfolio: DecisionPortfolio;
  readonly decision: Decision;
  /** The decision's reasons, then those of the order. */
  readonly reasons: readonly Reason[];
  readonly nextState: InstanceState;
}

/** Books valued at the run's price, as a decision sees them. */
export interface ValuedBooks {
  readonly totalValue: Money;
  readonly portfolio: DecisionPortfolio;
}

/**
 * Values an instance's books at the run's price.
 *
 * @param minutesSinceLastTrade null: it never traded. Omitted: the decision sees neither this nor open positions.
 */
export function valueBooks(books: InstanceBooks, venue: Venue, minutesSinceLastTrade?: number | null): ValuedBooks {
  const totalValue = books.cash.add(heldValueOf(books.position, venue.price));
  const quantity = toText(signedQuantityOf(books.position));
  const portfolio = { cash: toText(books.cash), quantity, total_value: toText(totalValue) };
  if (minutesSinceLastTrade === undefined) return { totalValue, portfolio };
  const open = books.position ? [{ symbol: venue.baseAsset, side: sideOfHeld(books.position) }] : [];
  const trading = { open_positions: open, minutes_since_last_trade: minutesSinceLastTrade };
  return { totalValue, portfolio: { ...portfolio, ...trading } };
}

const NOTHING: TradeOutcome = { planned: [], traded: null };

/**
 * Executes an instance's decision on paper. Pure: the same books, market and decision give the same result in a run, a
 * replay or a check of a stored decision.
 *
 * @param valued the same books by {@link valueBooks}.
 * @throws DomainFault when the books cannot cover the fill.
 */
export function executeInstance(
  books: InstanceBooks,
  venue: Venue,
  { portfolio, totalValue }: ValuedBooks,
  decision: Decision,
): InstanceExecution {
  const { cash, position } = books;
  const trades = decision.should_execute && decision.signal !== 'HOLD';
  const { planned, traded } = trades ? trade({ cash, position, totalValue }, venue, decision) : NOTHING;
  const concluded = concludeTrade(books, venue.price, traded);
  return {
    portfolio,
    decision,
    reasons: [...decision.reasons, ...planned],
    traded,
    after: concluded.after,
    totalValue: concluded.totalValue,
    positionsValue: concluded.positionsValue,
    totalPnl: concluded.totalPnl,
    winRate: concluded.winRate,
    nextState: decision.next_state,
  };
}

/** Books valued at a price, after a trade or without one. */
export interface ConcludedBooks {
  readonly traded: Traded | null;
  readonly after: InstanceBooks;
  readonly totalValue: Money;
  readonly positionsValue: Money;
  /** Total value minus the deposit. */
  readonly totalPnl: Money;
  /** 0..1; null before the first close. */
  readonly winRate: number | null;
}

/** Values the books at a price and counts the trade, if any. */
export function concludeTrade(books: InstanceBooks, price: Money, traded: Traded | null): ConcludedBooks {
  const settled = traded?.settled;
  const cash = settled ? settled.cashAfter : books.cash;
  const position = settled ? settled.position : books.position;
  const positionsValue = heldValueOf(position, price);
  const totalValue = cash.add(positionsValue);
  const { peakValue, maxDrawdown } = advanceDrawdown(books, totalValue);
  const realized = settled?.realizedPnl ?? null;
  // A close without profit is a loss, so that the win rate covers all closes.
  const winningTrades = books.winningTrades + (realized?.gt(0) ? 1 : 0);
  const losingTrades = books.losingTrades + (realized?.lte(0) ? 1 : 0);
  return {
    traded,
    after: {
      cash,
      position,
      initialBalance: books.initialBalance,
      peakValue,
      maxDrawdown,
      totalTrades: books.totalTrades + (settled ? 1 : 0),
      winningTrades,
      losingTrades,
    },
    totalValue,
    positionsValue,
    totalPnl: totalValue.sub(books.initialBalance),
    winRate: winRateOf(winningTrades, losingTrades),
  };
}
