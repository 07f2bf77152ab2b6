import { randomUUID } from 'node:crypto';
import type { Request, Response, NextFunction } from 'express';
import { pinoHttp } from 'pino-http';
import type { Logger } from '../logging/logger.js';
import { clientAddress } from './client-address.js';

const UNAVAILABLE = 503;
const REFUSED: ReadonlySet<number> = new Set([401, 403]);

/**
 * Logs one line per request with its trace id and duration: 503 as a warning, any other 5xx as an error, a refused sign-in
 * or right (401, 403) as information with user and address, everything else at debug level. The program chose the 503, such as `busy`, and its cause is logged elsewhere. Headers, bodies and
 * queries are left out, because they carry tokens and passwords.
 */
export function requestLog(logger: Logger) {
  return pinoHttp<Request, Response>({
    logger,
    genReqId: (request) => traceIdOf(request),
    customLogLevel: (_request, response, error) => {
      if (!error && response.statusCode === UNAVAILABLE) return 'warn';
      if (error || response.statusCode >= 500) return 'error';
      return REFUSED.has(response.statusCode) ? 'info' : 'debug';
    },
    customProps: (request, response) =>
      REFUSED.has(response.statusCode) ? { user: userOf(request), address: clientAddress(request) } : {},
    // For every 5xx the library makes an error, whose stack is its own.
    customErrorObject: (_request, response, _error, line: object) =>
      response.statusCode === UNAVAILABLE ? { ...line, err: undefined } : line,
    customSuccessMessage: (request, response) => `${request.method} ${response.statusCode}`,
    customErrorMessage: (request, response) => `${request.method} ${response.statusCode}`,
    serializers: {
      req: (request: { id: unknown; method: string; url: string }) => ({
        trace_id: request.id,
        method: request.method,
        path: request.url.split('?')[0],
      }),
      res: (response: { statusCode: number }) => ({ status: response.statusCode }),
    },
  });
}

/** Id of the signed-in user; the guard above the platform sets it. */
function userOf(request: object): string | null {
  return (request as { readonly user?: { readonly id: string } }).user?.id ?? null;
}

const ACCEPTED = /^[A-Za-z0-9._-]{1,64}$/;

/**
 * Gives every request an id for its log lines, error document and audit rows. A caller's `X-Request-ID` is used when it
 * is 1 to 64 characters of `A-Za-z0-9._-`. Anything else is replaced by a fresh id, because it would let a caller write
 * into our logs. The answer carries the id either way.
 */
export function requestId(req: Request, res: Response, next: NextFunction): void {
  const given = req.get('x-request-id');
  const id = given !== undefined && ACCEPTED.test(given) ? given : randomUUID();
  (req as { id?: unknown }).id = id;
  res.setHeader('X-Request-ID', id);
  next();
}

/** The id that {@link requestId} gave to this request; a fresh one when the middleware has not run. */
export function traceIdOf(req: object): string {
  const carrier = req as { id?: unknown };
  if (typeof carrier.id !== 'string') carrier.id = randomUUID();
  return carrier.id as string;
}
