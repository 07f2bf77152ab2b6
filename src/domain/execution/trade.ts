import type { Decision, Entry, Reason } from '../decision/decision.js';
import { reason } from '../decision/reason-codes.js';
import { Money } from '../money/decimal.js';
import { fillOnPaper, type Fill } from '../trading/paper-fill.js';
import { sideOfHeld, type HeldPosition } from '../trading/held-position.js';
import { settlePerpFill, type SettledPerpFill } from '../trading/perp/perp-ledger.js';
import { planPerpClose, planPerpEntry, type PerpOrderPlan } from '../trading/perp/perp-order.js';
import type { PerpPosition } from '../trading/perp/perp-position.js';
import { settleSpotFill, type SettledFill, type SpotPosition } from '../trading/spot-ledger.js';
import { planSpotOrder } from '../trading/spot-order.js';
import { roundToTick, type VenueRules } from '../trading/venue-rules.js';

/** What all instances of a run have in common. */
export interface Venue {
  readonly baseAsset: string;
  readonly rules: VenueRules;
  /** The market's price at the run, in quote currency, above 0. */
  readonly price: Money;
  readonly slippageBps: number;
}

/** The stops of a position that was opened; prices on the venue's ticks. */
export interface EntryLevels {
  readonly stopLoss: Money;
  readonly takeProfit: Money | null;
  /** One R. */
  readonly stopDistance: Money;
  readonly holdHours: number;
}

/** A fill and the books after it. */
export interface Traded {
  readonly fill: Fill;
  readonly settled: SettledFill | SettledPerpFill;
  /** Null: the fill opened nothing that has stops, and those that were there stay. */
  readonly levels: EntryLevels | null;
  /** A market order unless it rested at a price. */
  readonly limit?: Money;
}

/** What came of a decision to trade. */
export interface TradeOutcome {
  /** Every limit that changed or refused the order. */
  readonly planned: readonly Reason[];
  readonly traded: Traded | null;
}

/** The part of the books that a trade changes. */
interface Funds {
  readonly cash: Money;
  readonly position: HeldPosition | null;
  readonly totalValue: Money;
}

/**
 * Trades on paper as it was decided: at a venue of perpetuals with leverage and on both sides, else spot. Pure.
 * @throws SettlementFault when the books do not allow the fill.
 */
export function trade(funds: Funds, venue: Venue, decision: Decision): TradeOutcome {
  const outcome = venue.rules.perpetual ? tradePerp(funds, venue, decision) : tradeSpot(funds, venue, decision);
  const { traded } = outcome;
  // A cut order may only have reduced a position on the other side, whose stops stay.
  const { entry } = decision;
  return traded?.settled.position && entry && sideOfHeld(traded.settled.position) === entry.side
    ? { ...outcome, traded: { ...traded, levels: levelsOf(entry, venue.rules) } }
    : outcome;
}

function tradeSpot(funds: Funds, venue: Venue, decision: Decision): TradeOutcome {
  const { cash, totalValue } = funds;
  const position = funds.position as SpotPosition | null;
  // To sell what is held would be something else than the short that was decided.
  if (decision.entry?.side === 'short')
    return { planned: [reason('channel_cannot_short', { side: 'short' })], traded: null };
  const plan = planSpotOrder({
    side: decision.signal === 'BUY' ? 'BUY' : 'SELL',
    size: decision.position_size,
    cash,
    holding: position?.quantity ?? new Money(0),
    totalValue,
    ...venue,
  });
  if (!plan.order) return { planned: plan.reasons, traded: null };
  const fill = fillOnPaper(plan.order, venue.price, venue.rules, venue.slippageBps);
  const settled = settleSpotFill({ cash, position, fill, ...assetsOf(venue) });
  return { planned: plan.reasons, traded: { fill, settled, levels: null } };
}

function tradePerp(funds: Funds, venue: Venue, decision: Decision): TradeOutcome {
  const { cash } = funds;
  const position = funds.position as PerpPosition | null;
  const plan = planPerp(funds, position, venue, decision);
  if (!plan.order) return { planned: plan.reasons, traded: null };
  const fill = fillOnPaper(plan.order, venue.price, venue.rules, venue.slippageBps);
  const settled = settlePerpFill({ cash, position, fill, leverage: plan.leverage, ...assetsOf(venue) });
  return { planned: plan.reasons, traded: { fill, settled, levels: null } };
}

/**
 * An entry says side, quantity and leverage. Without one a BUY is a long of that fraction of total value, without
 * leverage, and a SELL closes that fraction of what is open, on whichever side.
 */
function planPerp(
  { cash, totalValue }: Funds,
  position: PerpPosition | null,
  venue: Venue,
  { entry, signal, position_size: size }: Decision,
): PerpOrderPlan {
  if (!entry && signal === 'SELL') return planPerpClose(position, size, venue);
  const quantity = entry ? new Money(entry.quantity) : Money.max(totalValue, 0).mul(size).div(venue.price);
  const leverage = new Money(entry?.leverage ?? 1);
  return planPerpEntry({ side: entry?.side ?? 'long', quantity, leverage, cash, position, ...venue });
}

function levelsOf(entry: Entry, rules: VenueRules): EntryLevels {
  const { take_profit: target } = entry;
  return {
    stopLoss: onTick(entry.stop_loss, rules),
    takeProfit: target === null ? null : onTick(target, rules),
    stopDistance: new Money(entry.stop_distance),
    holdHours: entry.hold_hours,
  };
}

/** A price that the venue does not take could be no order there; the lowest it takes is one tick. */
function onTick(price: string, rules: VenueRules): Money {
  return Money.max(roundToTick(new Money(price), rules), rules.tickSize);
}

function assetsOf({ baseAsset, rules }: Venue) {
  return { baseAsset, quoteAsset: rules.quoteAsset };
}
