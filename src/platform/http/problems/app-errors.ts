import type { Values, Violation } from '../../../domain/violation.js';
import type { ProblemCode } from './problem-codes.js';

/**
 * An error of a call to the API. Raised where the failure is understood; one filter turns it into
 * `application/problem+json`. `code` is stable and part of the API; `message` says what to do. Never put a stack, SQL
 * or a path into a message.
 */
export abstract class AppError extends Error {
  abstract readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;

  constructor(
    readonly code: ProblemCode,
    message: string,
    readonly violations: readonly Violation[] = [],
    /** The figures and names in the message, for clients that word it themselves. */
    readonly values?: Values,
  ) {
    super(message);
    this.name = new.target.name;
  }
}

/** 400: the request itself is malformed (syntax, unknown query field). */
export class MalformedRequest extends AppError {
  readonly status = 400;
}

/** 401: not signed in, or the token is expired or revoked. */
export class NotSignedIn extends AppError {
  readonly status = 401;
}

/** 403: signed in, but the role may not do this. */
export class NotAllowed extends AppError {
  readonly status = 403;
}

/** 404: it does not exist, or it belongs to somebody else; the answer is the same. */
export class NotFound extends AppError {
  readonly status = 404;
  constructor(what: string) {
    super('not_found', `There is no such ${what}.`);
  }
}

/** 409: valid, but not possible in the present state. */
export class Conflict extends AppError {
  readonly status = 409;
}

/** 410: it existed, and is no longer stored. */
export class Gone extends AppError {
  readonly status = 410;
}

/** 412: `If-Match` does not name the present version. */
export class PreconditionFailed extends AppError {
  readonly status = 412;
  constructor(presentVersion: number) {
    super(
      'stale_version',
      `The version is now "v${presentVersion}" (quotes included). Read it again and repeat the change.`,
    );
  }
}

/** 422: valid JSON with wrong content; carries every violation at once. */
export class InvalidContent extends AppError {
  readonly status = 422;
}

/** 428: the request said `Prefer: strict` and has no `If-Match`. */
export class PreconditionRequired extends AppError {
  readonly status = 428;
  constructor() {
    super('precondition_required', 'Send If-Match with the version that you read.');
  }
}

/** 429: too many requests; `Retry-After` says when to come back. */
export class TooManyRequests extends AppError {
  readonly status = 429;
  override readonly headers: Readonly<Record<string, string>>;

  constructor(code: ProblemCode, message: string, retryAfterSeconds: number, values: Values = {}) {
    const seconds = Math.max(1, Math.ceil(retryAfterSeconds));
    super(code, message, [], { ...values, seconds });
    this.headers = { 'Retry-After': String(seconds) };
  }
}

/** 503: a dependency is unavailable, or the process is stopping. */
export class Unavailable extends AppError {
  readonly status = 503;
  override readonly headers: Readonly<Record<string, string>>;

  /** @param retryAfterSeconds when to retry; a whole number. */
  constructor(code: ProblemCode, message: string, retryAfterSeconds = 5, values?: Values) {
    super(code, message, [], values);
    this.headers = { 'Retry-After': String(retryAfterSeconds) };
  }
}
