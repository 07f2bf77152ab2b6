import { HttpException } from '@nestjs/common';
import type { ViolationCode } from '../../../domain/violation.js';
import { databaseErrorOf, isConnectionError } from '../../database/is-connection-error.js';
import { AppError } from './app-errors.js';
import type { Failure } from './problem.js';
import type { ProblemCode } from './problem-codes.js';

const INTERNAL_ERROR: Failure = {
  status: 500,
  code: 'internal_error',
  detail: 'Something went wrong on the server. Report the trace_id.',
  unforeseen: true,
};

/** Errors of the frameworks, by status. Their own texts are not passed on. */
const BY_STATUS: Readonly<Record<number, { code: ProblemCode; detail: string }>> = {
  400: { code: 'malformed_request', detail: 'The request could not be read.' },
  401: { code: 'not_signed_in', detail: 'Sign in and send the access token as a bearer token.' },
  403: { code: 'not_allowed', detail: 'Your role does not allow this.' },
  404: { code: 'not_found', detail: 'There is nothing at this path.' },
  408: { code: 'request_timeout', detail: 'The request took too long to arrive.' },
  413: { code: 'body_too_large', detail: 'The body is larger than 100 KiB.' },
  415: { code: 'unsupported_media_type', detail: 'Send the body as application/json in UTF-8.' },
  503: { code: 'unavailable', detail: 'The server cannot answer at the moment. Try again soon.' },
};

/** Errors of body-parser that need more than their status. */
const BY_BODY_PARSER_TYPE: Readonly<Record<string, { status: number; code: ProblemCode; detail: string }>> = {
  'entity.parse.failed': { status: 400, code: 'malformed_json', detail: 'The body is not valid JSON.' },
  'request.aborted': { status: 400, code: 'malformed_request', detail: 'The request ended before its body did.' },
};

/**
 * Maps a thrown value to what the caller may know. Only an {@link AppError} passes as it is; texts of libraries and of
 * the database stay internal.
 */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof AppError) {
    const { status, code, message: detail, violations: errors, values, headers } = thrown;
    return { status, code, detail, errors, ...(values ? { values } : {}), ...(headers ? { headers } : {}) };
  }
  const fromBody = bodyFailureOf(thrown);
  if (fromBody) return fromBody;
  if (thrown instanceof HttpException) return ofStatus(thrown.getStatus());
  return databaseFailureOf(thrown) ?? INTERNAL_ERROR;
}

function bodyFailureOf(thrown: unknown): Failure | null {
  if (typeof thrown !== 'object' || thrown === null) return null;
  // http-errors (body-parser, express) carry status, type and an `expose` flag for errors of the client.
  const { status, type, expose } = thrown as { status?: unknown; type?: unknown; expose?: unknown };
  if (typeof type === 'string' && Object.hasOwn(BY_BODY_PARSER_TYPE, type)) return BY_BODY_PARSER_TYPE[type] ?? null;
  return typeof status === 'number' && expose === true ? ofStatus(status) : null;
}

function ofStatus(status: number): Failure {
  const known = BY_STATUS[status];
  if (known) return { status, ...known };
  if (status >= 400 && status < 500)
    return { status, code: 'malformed_request', detail: 'The request could not be processed.' };
  return INTERNAL_ERROR;
}

const UNAVAILABLE: Failure = {
  status: 503,
  code: 'database_unavailable',
  detail: 'The database cannot be reached. Try again soon.',
  headers: { 'Retry-After': '5' },
};
const BUSY: Failure = {
  status: 503,
  code: 'database_busy',
  detail: 'The database is busy. Try again in a moment.',
  headers: { 'Retry-After': '1' },
};
const CONFLICT: Failure = {
  status: 409,
  code: 'conflict',
  detail: 'Another record already uses this value, or still needs it.',
};

/** A value that passed our rules but that the database cannot store. PostgreSQL does not say which one. */
function notStorable(code: ViolationCode, message: string): Failure {
  const detail = 'A value cannot be stored; nothing was changed. See errors.';
  return { status: 422, code: 'invalid_value', detail, errors: [{ pointer: '', code, message }] };
}

/**
 * SQLSTATE -> failure. https://www.postgresql.org/docs/current/errcodes-appendix.html
 *
 * check_violation is left out: the caller cannot know the rules of a table, so it means that a check of ours is
 * missing.
 */
const BY_SQLSTATE: Readonly<Record<string, Failure>> = {
  '23505': CONFLICT, // unique_violation
  '23503': CONFLICT, // foreign_key_violation
  '22001': notStorable('wrong_length', 'A text is too long to be stored.'), // string_data_right_truncation
  '22003': notStorable('out_of_range', 'A number is too large or has too many digits.'), // numeric_value_out_of_range
  '22008': notStorable('out_of_range', 'A time is too early or too late.'), // datetime_field_overflow
  '22021': notStorable('invalid_text', 'A text contains a character that cannot be stored.'), // character_not_in_repertoire
  '22P02': notStorable('bad_format', 'A value does not have the right format.'), // invalid_text_representation
  '22P05': notStorable('invalid_text', 'A text contains a character that cannot be stored.'), // untranslatable_character
  '40001': BUSY, // serialization_failure
  '40P01': BUSY, // deadlock_detected
  '55P03': BUSY, // lock_not_available
  '57014': BUSY, // query_canceled (statement_timeout)
};

/**
 * What an error of the database means to the caller; null for a defect of ours (500). Rules are checked before a query,
 * so this catches the rest: requests at once, a value that slipped through, a lost server.
 */
function databaseFailureOf(thrown: unknown): Failure | null {
  const error = databaseErrorOf(thrown);
  if (!error) return null;
  if (isConnectionError(thrown)) return UNAVAILABLE;
  const { code } = error;
  return typeof code === 'string' && Object.hasOwn(BY_SQLSTATE, code) ? (BY_SQLSTATE[code] ?? null) : null;
}

/**
 * What the database refused, by names alone, for the log: SQLSTATE, table, column and constraint, never values. Empty
 * for an error of something else.
 */
export function databaseCauseOf(thrown: unknown): string {
  const error = databaseErrorOf(thrown) as Readonly<Record<string, unknown>> | null;
  if (!error || !SQLSTATE.test(String(error['code']))) return '';
  const named = ['table', 'column', 'constraint'].filter((part) => typeof error[part] === 'string');
  return [`SQLSTATE ${String(error['code'])}`, ...named.map((part) => `${part} ${String(error[part])}`)].join(', ');
}

const SQLSTATE = /^[0-9A-Z]{5}$/;
