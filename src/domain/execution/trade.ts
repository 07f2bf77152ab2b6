import type { Decision, Entry, Reason } from '../decision/decision.js';
import { reason } from '../decision/reason-codes.js';
import type { MarketSnapshot } from '../market/market-snapshot.js';
import { Money, toText } from '../money/decimal.js';
import { filledOf, LARGEST_SHARE, liquidityOf, slippageOf, type Liquidity } from '../trading/liquidity.js';
import { withoutLargestOrder } from '../trading/order-limits.js';
import { fillOnPaper, type Fill, type MarketOrder } from '../trading/paper-fill.js';
import { sideOfHeld, type HeldPosition } from '../trading/held-position.js';
import { settlePerpFill, type SettledPerpFill } from '../trading/perp/perp-ledger.js';
import { planPerpClose, planPerpEntry, type PerpOrderPlan } from '../trading/perp/perp-order.js';
import type { PerpPosition } from '../trading/perp/perp-position.js';
import { settleSpotFill, type SettledFill, type SpotPosition } from '../trading/spot-ledger.js';
import { planSpotOrder } from '../trading/spot-order.js';
import { roundToTick, type VenueRules } from '../trading/venue-rules.js';

/** The venue as all instances of a run see it. */
export interface Venue {
  readonly baseAsset: string;
  readonly rules: VenueRules;
  /** The market's price at the run, in quote currency, above 0. */
  readonly price: Money;
  readonly slippageBps: number;
  /** How much the market trades; null or absent: unknown, and every order fills completely at the plain slippage. */
  readonly liquidity?: Liquidity | null;
  /** Order rules of version 0.1.0, for runs of that version: see {@link venueOf}. */
  readonly firstRules?: boolean;
}

/**
 * The venue as a run saw it. A run without a recorded volume is of version 0.1.0: its orders had no largest size and no
 * margin tiers, and are recomputed without them.
 */
export function venueOf(market: MarketSnapshot, rules: VenueRules, slippageBps: number): Venue {
  const { symbol: baseAsset, hour_volume: volume } = market;
  const common = { baseAsset, price: new Money(market.price.value), slippageBps };
  if (volume === undefined) return { ...common, rules: firstRulesOf(rules), firstRules: true };
  return { ...common, rules, liquidity: volume && liquidityOf(new Money(volume.value), rules) };
}

function firstRulesOf(rules: VenueRules): VenueRules {
  const { perpetual, ...others } = withoutLargestOrder(rules);
  if (!perpetual) return others;
  const { upperTiers: _, ...first } = perpetual;
  return { ...others, perpetual: first };
}

/** The exits of a new position; prices on the venue's ticks. */
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
  /** Base units ordered; absent: the same as filled. */
  readonly ordered?: Money;
  readonly settled: SettledFill | SettledPerpFill;
  /** Null: the fill opened no position with exits, and existing levels do not change. */
  readonly levels: EntryLevels | null;
  /** The price of a resting order; absent for a market order. */
  readonly limit?: Money;
}

/** The outcome of a decision to trade. */
export interface TradeOutcome {
  /** Every limit that reduced or refused the order. */
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
 * Executes a decision on paper: on perpetuals with leverage and on both sides, otherwise on spot. Pure.
 *
 * @throws SettlementFault when the books cannot cover the fill.
 */
export function trade(funds: Funds, venue: Venue, decision: Decision): TradeOutcome {
  const outcome = venue.rules.perpetual ? tradePerp(funds, venue, decision) : tradeSpot(funds, venue, decision);
  const { traded } = outcome;
  // A cut order may only have reduced a position on the other side; that position retains its exits.
  const { entry } = decision;
  return traded?.settled.position && entry && sideOfHeld(traded.settled.position) === entry.side
    ? { ...outcome, traded: { ...traded, levels: levelsOf(entry, venue.rules) } }
    : outcome;
}

function tradeSpot(funds: Funds, venue: Venue, decision: Decision): TradeOutcome {
  const { cash, totalValue } = funds;
  const position = funds.position as SpotPosition | null;
  // Spot cannot open the short of this decision; selling the holding instead would be a different trade.
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
  return filled(plan.order, plan.reasons, venue, (fill) =>
    settleSpotFill({ cash, position, fill, ...assetsOf(venue) }),
  );
}

function tradePerp(funds: Funds, venue: Venue, decision: Decision): TradeOutcome {
  const { cash } = funds;
  const position = funds.position as PerpPosition | null;
  const plan = planPerp(funds, position, venue, decision);
  if (!plan.order) return { planned: plan.reasons, traded: null };
  const { leverage } = plan;
  return filled(plan.order, plan.reasons, venue, (fill) =>
    settlePerpFill({ cash, position, fill, leverage, ...assetsOf(venue) }),
  );
}

/** Fills as much of an order as the market's volume allows, and books it. */
function filled(
  order: MarketOrder,
  planned: readonly Reason[],
  { liquidity, price, rules, slippageBps }: Venue,
  settle: (fill: Fill) => Traded['settled'],
): TradeOutcome {
  const quantity = filledOf(order.quantity, liquidity);
  const slippage = slippageOf(quantity, slippageBps, liquidity);
  const reasons = [...planned];
  if (liquidity === null) reasons.push(reason('volume_unknown', {}));
  if (liquidity && quantity.lt(order.quantity)) {
    reasons.push(
      reason('partially_filled', {
        ordered: toText(order.quantity),
        filled: toText(quantity),
        hour_volume: toText(liquidity.hourVolume),
        share: LARGEST_SHARE,
      }),
    );
  }
  if (quantity.isZero()) return { planned: reasons, traded: null };
  if (slippage > slippageBps) reasons.push(reason('market_impact', { slippage_bps: slippage, usual_bps: slippageBps }));
  const fill = fillOnPaper({ ...order, quantity }, price, rules, slippage);
  return { planned: reasons, traded: { fill, ordered: order.quantity, settled: settle(fill), levels: null } };
}

/**
 * An entry specifies side, quantity and leverage. Without one, a BUY opens a long of that fraction of total value,
 * without leverage; a SELL closes that fraction of the open position, long or short.
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

/** A price off the venue's ticks would be refused as an order; the lowest valid price is one tick. */
function onTick(price: string, rules: VenueRules): Money {
  return Money.max(roundToTick(new Money(price), rules), rules.tickSize);
}

function assetsOf({ baseAsset, rules }: Venue) {
  return { baseAsset, quoteAsset: rules.quoteAsset };
}
