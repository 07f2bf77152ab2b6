import { Decimal } from 'decimal.js';

/**
 * Money, prices and quantities. 60 significant digits hold any product of two numeric(38,18) values
 * exactly; rounding happens only where {@link toStored} says so.
 */
const SETTINGS = { precision: 60, rounding: Decimal.ROUND_HALF_UP, toExpNeg: -40, toExpPos: 60 } as const;
export const Money = Decimal.clone(SETTINGS);
export type Money = Decimal;

/**
 * Puts decimal.js right after work that was cut off in the middle. Some of its functions (`ln`, `pow`, `sqrt`...) work
 * with another precision, or with rounding switched off for the whole library, and change that back at their end: cut
 * off before it, every later amount of this process would be computed wrongly. Twice is the same as once.
 */
export function restoreMoney(): void {
  Money.set(SETTINGS);
  // There is no function for it, but a root leaves rounding switched on.
  new Money(2).sqrt();
}

/** Decimal places of `numeric(38,18)`. */
export const MONEY_SCALE = 18;

const ZERO = 48;
const POINT = 46;

/** Rounds half away from zero to 18 places, as PostgreSQL does when it stores a numeric(38,18). */
export function toStored(value: Decimal): Decimal {
  return value.toDecimalPlaces(MONEY_SCALE, Decimal.ROUND_HALF_UP);
}

/** Plain decimal notation without trailing zeros: `"100"`, `"0.00001"`, `"-1.5"`. */
export function toText(value: Decimal): string {
  return value.toFixed();
}

/**
 * Drops trailing zeros of a numeric that PostgreSQL returned: `"100.000000000000000000"` -> `"100"`. On the text, not
 * by way of a number: a list of 200 instances has thousands of them.
 */
export function plainText(numeric: string): string {
  if (!numeric.includes('.')) return numeric;
  let end = numeric.length;
  while (numeric.charCodeAt(end - 1) === ZERO) end -= 1;
  if (numeric.charCodeAt(end - 1) === POINT) end -= 1;
  return numeric.slice(0, end);
}

/** What numeric(38,18) holds without rounding, in plain notation. */
const PLAIN = /^-?\d{1,20}(\.\d{1,18})?$/;
/** The same in words. */
export const PLAIN_LIMITS = 'at most 20 digits before the point and 18 after it, and no exponent';

/**
 * An amount from outside, exactly as given: a plain decimal string, or a number whose shortest decimal
 * notation is meant. Null when it is neither, has more than 18 decimal places or 20 digits before the point;
 * so also for NaN, Infinity, exponents and blanks. Never rounds.
 */
export function readMoney(given: unknown): Money | null {
  if (typeof given === 'string') return PLAIN.test(given) ? new Money(given) : null;
  if (typeof given !== 'number' || !Number.isFinite(given)) return null;
  const amount = new Money(given);
  return PLAIN.test(amount.toFixed()) ? amount : null;
}
