import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';

const ACCEPTED = /^[A-Za-z0-9._-]{1,64}$/;

/**
 * Gives every request the id that its log lines, its error document and its audit rows carry. A caller's
 * `X-Request-ID` is taken over when it is 1 to 64 characters of `A-Za-z0-9._-`; anything else would let a
 * caller write into our logs, and is replaced by a fresh one. The answer carries the id either way.
 */
export function requestId(req: Request, res: Response, next: NextFunction): void {
  const given = req.get('x-request-id');
  const id = given !== undefined && ACCEPTED.test(given) ? given : randomUUID();
  (req as { id?: unknown }).id = id;
  res.setHeader('X-Request-ID', id);
  next();
}

/** The id that {@link requestId} gave to this request; a fresh one where the middleware has not run. */
export function traceIdOf(req: object): string {
  const carrier = req as { id?: unknown };
  if (typeof carrier.id !== 'string') carrier.id = randomUUID();
  return carrier.id as string;
}
