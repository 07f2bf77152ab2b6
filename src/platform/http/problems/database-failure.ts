import { databaseErrorOf, isConnectionError } from '../../database/is-connection-error.js';
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
const OUT_OF_RANGE: Failure = { status: 422, code: 'invalid_value', detail: 'A value is outside what can be stored.' };

/** SQLSTATE -> failure. https://www.postgresql.org/docs/current/errcodes-appendix.html */
const BY_SQLSTATE: Readonly<Record<string, Failure>> = {
  '23505': CONFLICT, // unique_violation
  '23503': CONFLICT, // foreign_key_violation
  '23514': OUT_OF_RANGE, // check_violation
  '22001': OUT_OF_RANGE, // string_data_right_truncation
  '22003': OUT_OF_RANGE, // numeric_value_out_of_range
  '22008': OUT_OF_RANGE, // datetime_field_overflow
  '22021': OUT_OF_RANGE, // character_not_in_repertoire (NUL)
  '22P02': OUT_OF_RANGE, // invalid_text_representation
  '22P05': OUT_OF_RANGE, // untranslatable_character (\u0000 in jsonb)
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
  if (isConnectionError(thrown)) return UNAVAILABLE;
  const { code } = error;
  return typeof code === 'string' && Object.hasOwn(BY_SQLSTATE, code) ? (BY_SQLSTATE[code] ?? null) : null;
}
