import { Decimal } from 'decimal.js';

/**
 * Money, prices and quantities. 60 significant digits hold any product of two numeric(38,18) values exactly; only
 * {@link toStored} rounds.
 */
const SETTINGS = { precision: 60, rounding: Decimal.ROUND_HALF_UP, toExpNeg: -40, toExpPos: 60 } as const;
export const Money = Decimal.clone(SETTINGS);
export type Money = Decimal;

/**
 * Resets decimal.js after work that was interrupted. Some of its functions (`ln`, `pow`, `sqrt`...) change the
 * precision, or switch rounding off for the whole library, and restore it at their end. Interrupted in between, they
 * would leave every later amount of this process wrong. Idempotent.
 */
export function restoreMoney(): void {
  Money.set(SETTINGS);
  // decimal.js has no function for this, but a square root leaves rounding switched on.
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
 * Drops trailing zeros of a numeric that PostgreSQL returned: `"100.000000000000000000"` -> `"100"`. Works on the text,
 * because parsing numbers is too slow for a list of 200 instances, which has thousands of them.
 */
export function plainText(numeric: string): string {
  if (!numeric.includes('.')) return numeric;
  let end = numeric.length;
  while (numeric.charCodeAt(end - 1) === ZERO) end -= 1;
  if (numeric.charCodeAt(end - 1) === POINT) end -= 1;
  return numeric.slice(0, end);
}

/** A number that numeric(38,18) holds without rounding, in plain notation. */
const PLAIN = /^-?\d{1,20}(\.\d{1,18})?$/;
/** {@link PLAIN} in words. */
export const PLAIN_LIMITS = 'at most 20 digits before the point and 18 after it, and no exponent';

/**
 * Reads an amount from outside exactly as given, without rounding: a plain decimal string, or a number by its shortest
 * decimal notation. Null for anything else: more than 18 decimal places or 20 digits before the point, NaN, Infinity,
 * blanks, or an exponent in a string.
 */
export function readMoney(given: unknown): Money | null {
  if (typeof given === 'string') return PLAIN.test(given) ? new Money(given) : null;
  if (typeof given !== 'number' || !Number.isFinite(given)) return null;
  const amount = new Money(given);
  return PLAIN.test(amount.toFixed()) ? amount : null;
}
