import { Money } from './decimal.js';

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
