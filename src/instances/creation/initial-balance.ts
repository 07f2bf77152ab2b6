import { Money, toText } from '../../domain/money/decimal.js';
import { type Violation, missing, violationOf, type RuleCode } from '../../domain/violation.js';
/** In quote currency. */
const LARGEST_INITIAL_BALANCE = '1000000000000';
/** Places after the point that venues know; more would be lost in the first order. */
const MONEY_INPUT_PLACES = 8;

const DECIMAL = /^[+-]?\d{1,40}(\.\d{1,40})?$/;
const POINTER = '/initial_balance';

export type CheckedBalance =
  { readonly amount: string; readonly violation: null } | { readonly amount: null; readonly violation: Violation };

/**
 * Reads an initial balance: a decimal string or a JSON number, above 0, at most 10^12, with at most 8 decimal
 * places. A number is taken as JavaScript writes it, so `0.1` is exactly 0.1.
 * @returns the amount in plain notation, or what is wrong with it.
 */
export function checkInitialBalance(given: unknown): CheckedBalance {
  const amount = amountOf(given);
  if (amount === null) return { amount: null, violation: notAnAmount(given) };
  if (!amount.gt(0) || amount.gt(LARGEST_INITIAL_BALANCE)) {
    return wrong('out_of_range', `be above 0 and at most ${LARGEST_INITIAL_BALANCE}`);
  }
  if (amount.decimalPlaces() > MONEY_INPUT_PLACES) {
    return wrong('bad_format', `have at most ${MONEY_INPUT_PLACES} decimal places`);
  }
  return { amount: toText(amount), violation: null };
}

function amountOf(given: unknown): Money | null {
  if (typeof given === 'number') return Number.isFinite(given) ? new Money(given) : null;
  if (typeof given === 'string') return DECIMAL.test(given) ? new Money(given) : null;
  return null;
}

function notAnAmount(given: unknown): Violation {
  if (given === undefined) return missing(POINTER);
  const code = typeof given === 'string' ? 'bad_format' : 'wrong_type';
  return violationOf(POINTER, code, 'be a decimal string or a number, such as "10000" or 10000');
}

function wrong(code: RuleCode, must: string): CheckedBalance {
  return { amount: null, violation: violationOf(POINTER, code, must) };
}
