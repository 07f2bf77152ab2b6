import type { Decision, DecisionPortfolio, InstanceState, Reason } from '../decision/decision.js';
import { toText, type Money } from '../money/decimal.js';
import { advanceDrawdown, winRateOf } from '../portfolio/performance.js';
import { holdingValueOf, totalValueOf } from '../portfolio/valuation.js';
import { fillOnPaper, type Fill } from '../trading/paper-fill.js';
import { settleSpotFill, type SettledFill, type SpotPosition } from '../trading/spot-ledger.js';
import { planSpotOrder } from '../trading/spot-order.js';
import type { VenueRules } from '../trading/venue-rules.js';

/** An instance's books before its part in a run. Money in quote currency. */
export interface InstanceBooks {
  readonly cash: Money;
  readonly position: SpotPosition | null;
  readonly initialBalance: Money;
  /** Highest total value so far. */
  readonly peakValue: Money;
  /** 0..1. */
  readonly maxDrawdown: number;
  readonly totalTrades: number;
  readonly winningTrades: number;
  readonly losingTrades: number;
}

/** What all instances of a run have in common. */
export interface Venue {
  readonly baseAsset: string;
  readonly rules: VenueRules;
  /** The market's price at the run, in quote currency, above 0. */
  readonly price: Money;
  readonly slippageBps: number;
}

/** An instance's part in a run: what it decided, what it traded, and its books after that. */
export interface InstanceExecution {
  /** What the decision saw. */
  readonly portfolio: DecisionPortfolio;
  readonly decision: Decision;
  /** The decision's reasons, then those of the order. */
  readonly reasons: readonly Reason[];
  /** Null when nothing was traded. */
  readonly traded: { readonly fill: Fill; readonly settled: SettledFill } | null;
  readonly after: InstanceBooks;
  readonly totalValue: Money;
  readonly positionsValue: Money;
  /** Total value minus what was paid in. */
  readonly totalPnl: Money;
  /** 0..1; null before the first close. */
  readonly winRate: number | null;
  readonly nextState: InstanceState;
}

/** Books at the run's price: what a decision sees of them. */
export interface ValuedBooks {
  readonly holding: Money;
  readonly totalValue: Money;
  readonly portfolio: DecisionPortfolio;
}

/** Values an instance's books at the run's price. */
export function valueBooks(books: InstanceBooks, venue: Venue): ValuedBooks {
  const holding = books.position?.quantity ?? books.cash.mul(0);
  const totalValue = totalValueOf(books.cash, holding, venue.price);
  const portfolio = { cash: toText(books.cash), quantity: toText(holding), total_value: toText(totalValue) };
  return { holding, totalValue, portfolio };
}

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
  valued: ValuedBooks,
  decision: Decision,
): InstanceExecution {
  const { portfolio, holding, totalValue } = valued;
  const plan =
    decision.should_execute && decision.signal !== 'HOLD'
      ? planSpotOrder({
          side: decision.signal,
          size: decision.position_size,
          cash: books.cash,
          holding,
          totalValue,
          ...venue,
        })
      : { order: null, reasons: [] };
  if (!plan.order) return conclude(books, venue, { portfolio, decision, planned: plan.reasons, traded: null });

  const fill = fillOnPaper(plan.order, venue.price, venue.rules, venue.slippageBps);
  const settled = settleSpotFill({
    cash: books.cash,
    position: books.position,
    fill,
    baseAsset: venue.baseAsset,
    quoteAsset: venue.rules.quoteAsset,
  });
  return conclude(books, venue, { portfolio, decision, planned: plan.reasons, traded: { fill, settled } });
}

interface Step {
  readonly portfolio: DecisionPortfolio;
  readonly decision: Decision;
  readonly planned: readonly Reason[];
  readonly traded: { readonly fill: Fill; readonly settled: SettledFill } | null;
}

/** Values the books at the run's price and counts the trade. */
function conclude(books: InstanceBooks, venue: Venue, step: Step): InstanceExecution {
  const settled = step.traded?.settled;
  const cash = settled ? settled.cashAfter : books.cash;
  const position = settled ? settled.position : books.position;
  const holding = position?.quantity ?? cash.mul(0);
  const totalValue = totalValueOf(cash, holding, venue.price);
  const { peakValue, maxDrawdown } = advanceDrawdown(books, totalValue);
  const realized = settled?.realizedPnl ?? null;
  // A close without a profit is no win: every close counts on one of the two sides, so that the win rate is of all closes.
  const winningTrades = books.winningTrades + (realized?.gt(0) ? 1 : 0);
  const losingTrades = books.losingTrades + (realized?.lte(0) ? 1 : 0);
  return {
    portfolio: step.portfolio,
    decision: step.decision,
    reasons: [...step.decision.reasons, ...step.planned],
    traded: step.traded,
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
    positionsValue: holdingValueOf(holding, venue.price),
    totalPnl: totalValue.sub(books.initialBalance),
    winRate: winRateOf(winningTrades, losingTrades),
    nextState: step.decision.next_state,
  };
}
