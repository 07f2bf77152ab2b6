import { Money, toText } from '../domain/money/decimal.js';

/** An amount is shown to a ten-thousandth of the deposit, so as exact as the return in percent. */
const STEPS_OF_DEPOSIT = 10_000;
const PERCENT_PLACES = 2;
const HALF_A_STEP = 0.005;
const FRACTION_PLACES = 4;
/** So an exit's price is told to a twentieth of itself at worst: a stop is a few hundredths away from its entry. */
const FIGURES_OF_EXIT_PRICE = 2;

/** A value or a profit as the public sees it: rounded to the next 0.01 % of the deposit. Decimal strings. */
export function publicAmount(amount: string, deposit: string): string {
  const step = new Money(deposit).div(STEPS_OF_DEPOSIT);
  return toText(new Money(amount).div(step).round().mul(step));
}

/**
 * The price of a fill by which a position was closed at its stop or target, as the public sees it: two significant
 * figures. To the last digit it would be the level, and the params follow from the level. Decimal string.
 */
export function publicExitPrice(price: string): string {
  return toText(new Money(price).toSignificantDigits(FIGURES_OF_EXIT_PRICE));
}

/** A figure in percent as the public sees it: two places. */
export function publicPercent(percent: number): number {
  return new Money(percent).toDecimalPlaces(PERCENT_PLACES).toNumber();
}

/** The smallest percentage that is shown as `percent` or more. */
export function smallestShownAs(percent: number): number {
  return new Money(percent).toDecimalPlaces(PERCENT_PLACES, Money.ROUND_CEIL).sub(HALF_A_STEP).toNumber();
}

/** The largest percentage that is shown as `percent` or less. */
export function largestShownAs(percent: number): number {
  return new Money(percent).toDecimalPlaces(PERCENT_PLACES, Money.ROUND_FLOOR).add(HALF_A_STEP).toNumber();
}

/** A fraction as the public sees it: four places, which are two of a percentage. */
export function publicFraction(fraction: number): number {
  return new Money(fraction).toDecimalPlaces(FRACTION_PLACES).toNumber();
}

/** A conviction score as the public sees it: a whole number. */
export function publicConviction(score: number | null): number | null {
  return score === null ? null : Math.round(score);
}
