import { Money, toStored, toText } from '../../money/decimal.js';
import type { PositionSide } from '../../trading/venue-rules.js';
import type { DecisionChannel, DecisionContext, Entry, Reason } from '../decision.js';
import { reason } from '../reason-codes.js';
import type { MomentumInputs } from './momentum-inputs.js';
import type { MomentumParams } from './params.js';

export const HOLD_HOURS = 24;

/**
 * Minimum distance between stop and liquidation, as a fraction of the distance between entry and liquidation, like
 * freqtrade's `liquidation_buffer`. Otherwise a price gap would decide which of the two fires.
 */
const LIQUIDATION_BUFFER = 0.05;

/** An entry with its margin as a fraction of equity, or the reasons against it. */
export type EntryPlan =
  | { readonly entry: Entry; readonly marginFraction: number; readonly reasons: readonly Reason[] }
  | { readonly entry: null; readonly reasons: readonly Reason[] };

/**
 * Sizes an entry by the loss of a stop-out: the stop distance plus slippage and fee of both fills. The quantity is the
 * risk amount / that loss per unit, cut to equity times leverage. Money is decimal; the multiplier and the ATR are
 * floats, used at their shortest decimal notation.
 *
 * @param multiplier m(g) of the wanted side.
 */
export function planEntry(
  context: DecisionContext<MomentumParams>,
  inputs: MomentumInputs,
  side: PositionSide,
  multiplier: number,
): EntryPlan {
  const { params, channel } = context;
  const feeRate = new Money(channel.taker_fee_rate ?? 0);
  const equity = new Money(context.portfolio.total_value);
  const price = new Money(context.market.price);
  const distance = toStored(new Money(inputs.atr).mul(inputs.stopDistanceAtr ?? params.default_sl_atr_multiplier));
  const distancePercent = distance.div(price).mul(100);
  if (!isWithin(distancePercent, params) || distance.isZero())
    return { entry: null, reasons: [tooNearOrFar(distancePercent, params)] };

  const stop = side === 'long' ? price.sub(distance) : price.add(distance);
  if (!toStored(stop).gt(0)) return { entry: null, reasons: [tooNearOrFar(distancePercent, params)] };
  const entryFill = slipped(price, side === 'long', channel);
  const unitLoss = stopOutLoss(side, entryFill, slipped(stop, side === 'short', channel), feeRate);

  const risk = equity.mul(params.base_risk_pct).div(100).mul(multiplier);
  const wantedLeverage = Math.min(
    params.base_leverage * Math.sqrt(multiplier),
    params.max_leverage,
    channel.max_leverage,
  );
  // Venues accept only whole leverage. Below 1 the margin is the whole notional, but the wanted leverage still limits
  // the notional.
  const leverage = new Money(Math.max(1, Math.floor(wantedLeverage)));
  const wanted = risk.div(unitLoss);
  const most = Money.min(
    equity.mul(Money.min(leverage, wantedLeverage)).div(price),
    // Equity pays both margin and fee.
    equity.div(entryFill.div(leverage).add(entryFill.mul(feeRate))),
  );
  const quantity = Money.max(0, Money.min(wanted, most)).toDecimalPlaces(18, Money.ROUND_DOWN);
  const targetDistance = distance.mul(Math.max(params.default_tp_rr * multiplier, params.min_tp_rr));
  const target = side === 'long' ? price.add(targetDistance) : price.sub(targetDistance);
  const cut = reason('notional_limited', {
    wanted: toText(toStored(wanted)),
    used: toText(quantity),
    leverage: Math.min(leverage.toNumber(), wantedLeverage),
  });
  if (quantity.isZero()) return { entry: null, reasons: [cut] };
  const liquidation = liquidationPrice(side, entryFill, leverage, channel);
  if (liquidation !== null) {
    const nearest = liquidation.add(entryFill.sub(liquidation).mul(LIQUIDATION_BUFFER));
    if (side === 'long' ? stop.lt(nearest) : stop.gt(nearest)) {
      const refusal = reason('stop_beyond_liquidation', {
        stop_loss: toText(toStored(stop)),
        liquidation: toText(toStored(liquidation)),
        nearest: toText(toStored(nearest)),
        leverage: leverage.toNumber(),
      });
      return { entry: null, reasons: [refusal] };
    }
  }
  // A short gets no target at or below 0, because no price reaches it.
  const levels = {
    stop_loss: toText(toStored(stop)),
    take_profit: toStored(target).gt(0) ? toText(toStored(target)) : null,
  };
  const entry: Entry = {
    side,
    quantity: toText(quantity),
    leverage: toText(toStored(leverage)),
    ...levels,
    stop_distance: toText(distance),
    hold_hours: HOLD_HOURS,
  };
  const plan = reason('entry_plan', {
    risk: toText(toStored(quantity.mul(unitLoss))),
    distance: toText(distance),
    leverage: leverage.toNumber(),
    quantity: toText(quantity),
    ...levels,
    liquidation: liquidation && toText(toStored(liquidation)),
  });
  const marginFraction = quantity.mul(price).div(leverage).div(equity).toNumber();
  return { entry, marginFraction: Math.min(marginFraction, 1), reasons: [...(wanted.gt(most) ? [cut] : []), plan] };
}

/**
 * Liquidation price of a position opened at this fill with isolated margin: where its equity equals the maintenance
 * margin. Null: it cannot be liquidated.
 */
function liquidationPrice(
  side: PositionSide,
  entryFill: Money,
  leverage: Money,
  { maintenance_margin_rate: rate = null }: DecisionChannel,
): Money | null {
  if (rate === null) return null;
  const margin = entryFill.div(leverage);
  const price =
    side === 'long'
      ? entryFill.sub(margin).div(new Money(1).sub(rate))
      : entryFill.add(margin).div(new Money(1).add(rate));
  return price.gt(0) ? price : null;
}

/** A price worsened by the channel's slippage: up for a buyer, down for a seller. */
function slipped(price: Money, buys: boolean, { slippage_bps: bps = 0 }: DecisionChannel): Money {
  const slippage = new Money(bps).div(10_000);
  return price.mul(buys ? slippage.add(1) : slippage.neg().add(1));
}

/** Loss of one unit from entry to stop, fees of both included; above 0. */
function stopOutLoss(side: PositionSide, entryFill: Money, stopFill: Money, feeRate: Money): Money {
  const fees = entryFill.add(stopFill).mul(feeRate);
  return (side === 'long' ? entryFill.sub(stopFill) : stopFill.sub(entryFill)).add(fees);
}

/** Whether a stop distance, in percent of the entry, is within the params' limits. */
export function isWithin(percent: Money, { min_sl_distance_pct, max_sl_distance_pct }: MomentumParams): boolean {
  return percent.gte(min_sl_distance_pct) && percent.lte(max_sl_distance_pct);
}

export function tooNearOrFar(percent: Money, params: MomentumParams): Reason {
  return reason('stop_distance_outside_limits', {
    distance: percent.toNumber(),
    minimum: params.min_sl_distance_pct,
    maximum: params.max_sl_distance_pct,
  });
}
