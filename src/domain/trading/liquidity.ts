import { Money } from '../money/decimal.js';
import { truncateToStep, type VenueRules } from './venue-rules.js';

/** At most this share of the volume of the last closed hour is filled: Zipline's `volume_limit`. */
export const LARGEST_SHARE = 0.025;
/** Up to this share an order fills at the plain slippage. */
const SMALL_SHARE = 0.001;
/**
 * What an order as large as the volume of an hour moves the price by, in basis points. The square-root law of market
 * impact (Almgren et al. 2005; for bitcoin Donier and Bonart 2015) is volatility * sqrt(quantity / volume), over any
 * period; an hour of bitcoin has a volatility of about 60.
 */
const IMPACT_BPS = 100;
/** Slippage never grows beyond this, in basis points. */
const LARGEST_SLIPPAGE_BPS = 1000;

/** How much of a market trades, so that paper does not invent what nobody offers. Computed once for a run. */
export interface Liquidity {
  /** Base units of the last closed hour, 0 or more. */
  readonly hourVolume: Money;
  /** The largest quantity that is filled, in whole steps. */
  readonly largestFill: Money;
  /** The largest quantity that has no impact. */
  readonly smallOrder: Money;
}

export function liquidityOf(hourVolume: Money, rules: VenueRules): Liquidity {
  return {
    hourVolume,
    largestFill: truncateToStep(hourVolume.mul(LARGEST_SHARE), rules),
    smallOrder: hourVolume.mul(SMALL_SHARE),
  };
}

/** For a close that must be complete: all is filled, at the price that its size makes. */
export function fillingAll(liquidity: Liquidity): Liquidity {
  return { ...liquidity, largestFill: new Money(Infinity) };
}

/** What of an order is filled; all of it where the volume is not known. */
export function filledOf(quantity: Money, liquidity: Liquidity | null | undefined): Money {
  return liquidity && quantity.gt(liquidity.largestFill) ? liquidity.largestFill : quantity;
}

/**
 * Basis points by which a quantity fills worse than the market: the plain slippage, plus
 * {@link IMPACT_BPS} * (sqrt(share of the hour) - sqrt({@link SMALL_SHARE})) for a larger share, rounded up to a
 * hundredth. The plain slippage where the volume is not known or 0.
 */
export function slippageOf(quantity: Money, slippageBps: number, liquidity: Liquidity | null | undefined): number {
  if (!liquidity?.hourVolume.gt(0) || quantity.lte(liquidity.smallOrder)) return slippageBps;
  const share = quantity.div(liquidity.hourVolume).toNumber();
  const impact = IMPACT_BPS * (Math.sqrt(share) - Math.sqrt(SMALL_SHARE));
  const worse = Math.ceil((slippageBps + impact) * 100) / 100;
  return Math.min(worse, Math.max(slippageBps, LARGEST_SLIPPAGE_BPS));
}
