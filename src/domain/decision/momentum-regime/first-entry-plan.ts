import { Money, toStored, toText } from '../../money/decimal.js';
import type { PositionSide } from '../../trading/venue-rules.js';
import type { DecisionContext, Entry } from '../decision.js';
import { reason } from '../reason-codes.js';
import { HOLD_HOURS, isWithin, tooNearOrFar, type EntryPlan } from './entry-plan.js';
import type { MomentumInputs } from './momentum-inputs.js';
import type { MomentumParams } from './params.js';

/**
 * The plan of version 1.0.0: without costs, with fractional leverage, and without a check against liquidation. Used
 * only to recompute runs of that version, whose channels had no costs.
 *
 * @param multiplier m(g) of the wanted side.
 */
export function planFirstEntry(
  context: DecisionContext<MomentumParams>,
  inputs: MomentumInputs,
  side: PositionSide,
  multiplier: number,
): EntryPlan {
  const { params, channel } = context;
  const equity = new Money(context.portfolio.total_value);
  const price = new Money(context.market.price);
  const distance = toStored(new Money(inputs.atr).mul(inputs.stopDistanceAtr ?? params.default_sl_atr_multiplier));
  const distancePercent = distance.div(price).mul(100);
  if (!isWithin(distancePercent, params) || distance.isZero())
    return { entry: null, reasons: [tooNearOrFar(distancePercent, params)] };

  const risk = equity.mul(params.base_risk_pct).div(100).mul(multiplier);
  const wantedLeverage = Math.min(params.base_leverage * Math.sqrt(multiplier), params.max_leverage);
  const leverage = Money.max(1, Money.min(wantedLeverage, channel.max_leverage));
  const wanted = risk.div(distance);
  const most = equity.mul(leverage).div(price);
  const quantity = Money.max(0, Money.min(wanted, most)).toDecimalPlaces(18, Money.ROUND_DOWN);
  const targetDistance = distance.mul(Math.max(params.default_tp_rr * multiplier, params.min_tp_rr));
  const stop = side === 'long' ? price.sub(distance) : price.add(distance);
  const target = side === 'long' ? price.add(targetDistance) : price.sub(targetDistance);
  const cut = reason('notional_limited', {
    wanted: toText(toStored(wanted)),
    used: toText(quantity),
    leverage: leverage.toNumber(),
  });
  if (quantity.isZero()) return { entry: null, reasons: [cut] };
  // A short gets no target at or below 0, because no price reaches it.
  const levels = {
    stop_loss: toText(toStored(stop)),
    take_profit: toStored(target).gt(0) ? toText(toStored(target)) : null,
  };
  if (!toStored(stop).gt(0)) return { entry: null, reasons: [tooNearOrFar(distancePercent, params)] };
  const entry: Entry = {
    side,
    quantity: toText(quantity),
    leverage: toText(toStored(leverage)),
    ...levels,
    stop_distance: toText(distance),
    hold_hours: HOLD_HOURS,
  };
  const plan = reason('entry_plan', {
    risk: toText(toStored(risk)),
    distance: toText(distance),
    leverage: leverage.toNumber(),
    quantity: toText(quantity),
    ...levels,
  });
  const marginFraction = quantity.mul(price).div(leverage).div(equity).toNumber();
  return { entry, marginFraction: Math.min(marginFraction, 1), reasons: [...(wanted.gt(most) ? [cut] : []), plan] };
}
