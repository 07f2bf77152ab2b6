import type { Values, Violation } from '../../../domain/violation.js';
import type { ProblemCode } from './problem-codes.js';

/**
 * What an interface call can fail with. Raised where the failure is understood, turned into
 * `application/problem+json` by one filter. `code` is stable and part of the interface; `message` says
 * what to do. Never put a stack, SQL or a path into a message.
 */
export abstract class AppError extends Error {
  abstract readonly status: number;
  /** Further headers of the answer. */
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

/** 401: not signed in, or the token does not count any more. */
export class NotSignedIn extends AppError {
  readonly status = 401;
}

/** 403: signed in, but the role may not do this. */
export class NotAllowed extends AppError {
  readonly status = 403;
}

/** 404: not there, or somebody else's: the answer is the same. */
export class NotFound extends AppError {
  readonly status = 404;
  constructor(what: string) {
    super('not_found', `There is no such ${what}.`);
  }
}

/** 409: right in itself, but not in the present state. */
export class Conflict extends AppError {
  readonly status = 409;
}

/** 410: it was there, and is not kept any more. */
export class Gone extends AppError {
  readonly status = 410;
}

/** 412: `If-Match` names a version that is not the present one. */
export class PreconditionFailed extends AppError {
  readonly status = 412;
  constructor(presentVersion: number) {
    super(
      'stale_version',
      `The version is now "v${presentVersion}" (quotes included). Read it again and repeat the change.`,
    );
  }
}

/** 422: valid JSON, wrong content; carries every violation at once. */
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

/** 429: too often; `Retry-After` says when to come back. */
export class TooManyRequests extends AppError {
  readonly status = 429;
  override readonly headers: Readonly<Record<string, string>>;

  constructor(code: ProblemCode, message: string, retryAfterSeconds: number, values: Values = {}) {
    const seconds = Math.max(1, Math.ceil(retryAfterSeconds));
    super(code, message, [], { ...values, seconds });
    this.headers = { 'Retry-After': String(seconds) };
  }
}

/** 503: something this depends on is not there at the moment. */
export class Unavailable extends AppError {
  readonly status = 503;
  override readonly headers: Readonly<Record<string, string>>;

  /** @param retryAfterSeconds when it is worth trying again; a whole number. */
  constructor(code: ProblemCode, message: string, retryAfterSeconds = 5, values?: Values) {
    super(code, message, [], values);
    this.headers = { 'Retry-After': String(retryAfterSeconds) };
  }
}
