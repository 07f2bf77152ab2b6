import type { Values, Violation } from '../../../domain/violation.js';
import type { ProblemCode } from './problem-codes.js';

/** The document of every error answer: RFC 9457 with three additions. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  /** The requested path without its query, which may hold secrets. */
  instance: string;
  /** Stable, snake_case, for programs. */
  code: string;
  errors: readonly Violation[];
  values?: Values;
  trace_id: string;
}

export interface Failure {
  readonly status: number;
  readonly code: ProblemCode;
  readonly detail: string;
  readonly errors?: readonly Violation[];
  readonly values?: Values;
  readonly headers?: Readonly<Record<string, string>>;
  /** Set for an unforeseen error: the log gets its stack, the caller only the trace id. */
  readonly unforeseen?: boolean;
}

/** Most violations in one document; a body of 100 KiB can break thousands of rules. */
const MOST_ERRORS = 50;

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
