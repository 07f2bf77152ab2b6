import type { Decision, DecisionPortfolio, InstanceState, Reason } from '../decision/decision.js';
import { toText, type Money } from '../money/decimal.js';
import { advanceDrawdown, winRateOf } from '../portfolio/performance.js';
import { heldValueOf, sideOfHeld, signedQuantityOf, type HeldPosition } from '../trading/held-position.js';
import { trade, type Traded, type TradeOutcome, type Venue } from './trade.js';

/** An instance's books before its part in a run. Money in quote currency. */
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

/** An instance's part in a run: what it decided, what it traded, and its books after that. */
export interface InstanceExecution extends ConcludedBooks {
  /** What the decision saw. */
  readonly portfolio: DecisionPortfolio;
  readonly decision: Decision;
  /** The decision's reasons, then those of the order. */
  readonly reasons: readonly Reason[];
  readonly nextState: InstanceState;
}

/** Books at the run's price: what a decision sees of them. */
export interface ValuedBooks {
  readonly totalValue: Money;
  readonly portfolio: DecisionPortfolio;
}

/**
 * Values an instance's books at the run's price.
 * @param minutesSinceLastTrade null: it never traded. Left out: the decision sees neither that nor what is open.
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
 * Lets one instance trade on paper as it has decided. Pure: the same books, market and decision give the same
 * result, whether a run, a replay or a check of a stored decision asks.
 *
 * @param valued the same books by {@link valueBooks}.
 * @throws DomainFault when the books do not allow the fill.
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

/** Books after a trade, or without one, at a price. */
export interface ConcludedBooks {
  readonly traded: Traded | null;
  readonly after: InstanceBooks;
  readonly totalValue: Money;
  readonly positionsValue: Money;
  /** Total value minus what was paid in. */
  readonly totalPnl: Money;
  /** 0..1; null before the first close. */
  readonly winRate: number | null;
}

/** Values the books at a price and counts the trade, where there was one. */
export function concludeTrade(books: InstanceBooks, price: Money, traded: Traded | null): ConcludedBooks {
  const settled = traded?.settled;
  const cash = settled ? settled.cashAfter : books.cash;
  const position = settled ? settled.position : books.position;
  const positionsValue = heldValueOf(position, price);
  const totalValue = cash.add(positionsValue);
  const { peakValue, maxDrawdown } = advanceDrawdown(books, totalValue);
  const realized = settled?.realizedPnl ?? null;
  // A close without a profit is no win: every close counts on one of the two sides, so that the win rate is of all closes.
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
