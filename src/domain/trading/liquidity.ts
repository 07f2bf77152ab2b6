import { Money } from '../money/decimal.js';
import { truncateToStep, type VenueRules } from './venue-rules.js';

/** Largest share of the last closed hour's volume that is filled, as Zipline's `volume_limit`. */
export const LARGEST_SHARE = 0.025;
/** Orders up to this share of the hour's volume fill at the plain slippage. */
const SMALL_SHARE = 0.001;
/**
 * The price impact of an order as large as an hour's volume, in basis points. The square-root law of market impact
 * (Almgren et al. 2005; for bitcoin Donier and Bonart 2015) is volatility * sqrt(quantity / volume), over any period;
 * an hour of bitcoin has a volatility of about 60 basis points.
 */
const IMPACT_BPS = 100;
/** Upper limit of slippage with impact, in basis points. */
const LARGEST_SLIPPAGE_BPS = 1000;

/** How much a market trades, so that paper fills do not exceed real liquidity. Computed once for a run. */
export interface Liquidity {
  /** Base units of the last closed hour, 0 or more. */
  readonly hourVolume: Money;
  /** The largest quantity that is filled, a multiple of the step. */
  readonly largestFill: Money;
  /** The largest quantity without impact. */
  readonly smallOrder: Money;
}

export function liquidityOf(hourVolume: Money, rules: VenueRules): Liquidity {
  return {
    hourVolume,
    largestFill: truncateToStep(hourVolume.mul(LARGEST_SHARE), rules),
    smallOrder: hourVolume.mul(SMALL_SHARE),
  };
}

/** For a close that must be complete: no limit on the quantity, but the price impact of its size. */
export function fillingAll(liquidity: Liquidity): Liquidity {
  return { ...liquidity, largestFill: new Money(Infinity) };
}

/** The part of an order that is filled; all of it when the volume is unknown. */
export function filledOf(quantity: Money, liquidity: Liquidity | null | undefined): Money {
  return liquidity && quantity.gt(liquidity.largestFill) ? liquidity.largestFill : quantity;
}

/**
 * Basis points by which a fill is worse than the market: the plain slippage, plus {@link IMPACT_BPS} * (sqrt(share of
 * the hour) - sqrt({@link SMALL_SHARE})) for a larger share, rounded up to a hundredth. The plain slippage when the
 * volume is unknown or 0.
 */
export function slippageOf(quantity: Money, slippageBps: number, liquidity: Liquidity | null | undefined): number {
  if (!liquidity?.hourVolume.gt(0) || quantity.lte(liquidity.smallOrder)) return slippageBps;
  const share = quantity.div(liquidity.hourVolume).toNumber();
  const impact = IMPACT_BPS * (Math.sqrt(share) - Math.sqrt(SMALL_SHARE));
  const worse = Math.ceil((slippageBps + impact) * 100) / 100;
  return Math.min(worse, Math.max(slippageBps, LARGEST_SLIPPAGE_BPS));
}
