import type { ViolationCode } from '../../domain/violation-codes.js';
import { databaseErrorOf, isOutage } from '../database/outage.js';
import type { Failure } from './problem.js';

const UNAVAILABLE: Failure = {
  status: 503,
  code: 'database_unavailable',
  detail: 'The database does not answer at the moment. Try again soon.',
  headers: { 'Retry-After': '5' },
};
const BUSY: Failure = {
  status: 503,
  code: 'database_busy',
  detail: 'The database is busy. Try again in a moment.',
  headers: { 'Retry-After': '1' },
};
const CONFLICT: Failure = { status: 409, code: 'conflict', detail: 'Something else already has or needs this value.' };

/** A value that no rule of ours refused and that the database cannot hold; it does not say which one it was. */
function notStorable(code: ViolationCode, message: string): Failure {
  const detail = 'A value cannot be stored; nothing was changed. errors says what is wrong with it.';
  return { status: 422, code: 'invalid_value', detail, errors: [{ pointer: '', code, message }] };
}

/**
 * SQLSTATE -> failure. https://www.postgresql.org/docs/current/errcodes-appendix.html
 *
 * A check_violation is not among them: whoever sends a request cannot know the rules of a table, and where one of them
 * fires a check of ours is missing.
 */
const BY_SQLSTATE: Readonly<Record<string, Failure>> = {
  '23505': CONFLICT, // unique_violation
  '23503': CONFLICT, // foreign_key_violation
  '22001': notStorable('wrong_length', 'A text is longer than can be stored.'), // string_data_right_truncation
  '22003': notStorable('out_of_range', 'A number is too large, or has too many digits.'), // numeric_value_out_of_range
  '22008': notStorable('out_of_range', 'A time is too early or too late.'), // datetime_field_overflow
  '22021': notStorable('invalid_text', 'A text holds a character that cannot be stored.'), // character_not_in_repertoire
  '22P02': notStorable('bad_format', 'A value has not the form that is stored.'), // invalid_text_representation
  '22P05': notStorable('invalid_text', 'A text holds a character that cannot be stored.'), // untranslatable_character
  '40001': BUSY, // serialization_failure
  '40P01': BUSY, // deadlock_detected
  '55P03': BUSY, // lock_not_available
  '57014': BUSY, // query_canceled (statement_timeout)
};

/**
 * What a failure of the database means to the caller, or null when it means nothing to them (then it is ours:
 * 500). Rules are checked before the database is asked, so this is the net below: two requests at once, a value
 * that slipped through, a server that is gone.
 */
export function databaseFailureOf(thrown: unknown): Failure | null {
  const error = databaseErrorOf(thrown);
  if (!error) return null;
  if (isOutage(thrown)) return UNAVAILABLE;
  const { code } = error;
  return typeof code === 'string' && Object.hasOwn(BY_SQLSTATE, code) ? (BY_SQLSTATE[code] ?? null) : null;
}

/**
 * What the database refused, by names alone: SQLSTATE, table, column and constraint. For the log; values are left out.
 * Empty for what the database did not throw.
 */
export function databaseCauseOf(thrown: unknown): string {
  const error = databaseErrorOf(thrown) as Readonly<Record<string, unknown>> | null;
  if (!error || !SQLSTATE.test(String(error['code']))) return '';
  const named = ['table', 'column', 'constraint'].filter((part) => typeof error[part] === 'string');
  return [`SQLSTATE ${String(error['code'])}`, ...named.map((part) => `${part} ${String(error[part])}`)].join(', ');
}

const SQLSTATE = /^[0-9A-Z]{5}$/;
