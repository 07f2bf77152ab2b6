import type { Values, Violation } from '../../../domain/violation.js';
import type { ProblemCode } from './problem-codes.js';

/** The document of every error answer, as RFC 9457 has it, with our three additions. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  /** The path that was asked for, without its query: that may hold what must not be repeated. */
  instance: string;
  /** Stable, snake_case; what a program looks at. */
  code: string;
  errors: readonly Violation[];
  values?: Values;
  trace_id: string;
}

/** A failure on its way to becoming a {@link Problem}. */
export interface Failure {
  readonly status: number;
  readonly code: ProblemCode;
  readonly detail: string;
  readonly errors?: readonly Violation[];
  readonly values?: Values;
  readonly headers?: Readonly<Record<string, string>>;
  /** Set for what nobody foresaw: it is logged with its stack, and the caller learns only the trace id. */
  readonly unforeseen?: boolean;
}

/** Most violations that one document names; a body of 100 KiB can break thousands of rules. */
const MOST_ERRORS = 50;

/** Completes a failure to the document that is sent. */
export function toProblem(failure: Failure, url: string, traceId: string): Problem {
  const errors = failure.errors ?? [];
  const more = errors.length - MOST_ERRORS;
  return {
    type: `urn:conclave:problem:${failure.code}`,
    title: titleOf(failure.code),
    status: failure.status,
    detail:
      more > 0 ? `${failure.detail} The first ${MOST_ERRORS} are listed; there are ${more} more.` : failure.detail,
    instance: url.split(/[?#]/, 1)[0] ?? '/',
    code: failure.code,
    errors: errors.slice(0, MOST_ERRORS),
    ...(failure.values ? { values: failure.values } : {}),
    trace_id: traceId,
  };
}

function titleOf(code: string): string {
  const words = code.replaceAll('_', ' ').replace(/\bjson\b/, 'JSON');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
