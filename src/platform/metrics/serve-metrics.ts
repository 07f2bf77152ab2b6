import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Request, RequestHandler, Response } from 'express';
import { NotSignedIn } from '../http/problems/app-errors.js';
import { failureOf } from '../http/problems/failure-of.js';
import { sendProblem } from '../http/problems/problem.filter.js';
import type { Metrics } from './metrics.js';

export const METRICS_PATH = '/metrics';

/** Whether a request may read the metrics. Without a token anyone may; a given one is compared in constant time. */
export function mayReadMetrics(request: IncomingMessage, token: string | null): boolean {
  if (token === null) return true;
  const [, given] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
  return given !== undefined && timingSafeEqual(digest(given), digest(token));
}

/** Of one length whatever was given. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** `GET /metrics` on the port of the interface, for whoever has the token. */
export function metricsRoute(metrics: () => Metrics, token: string): RequestHandler {
  return async (req: Request, res: Response): Promise<void> => {
    if (!mayReadMetrics(req, token)) {
      const refusal = new NotSignedIn('not_signed_in', 'Send the token of METRICS_TOKEN as a bearer token.');
      return sendProblem(req, res, failureOf(refusal));
    }
    const text = await metrics().text();
    res.setHeader('Content-Type', metrics().contentType);
    res.setHeader('Cache-Control', 'no-store');
    res.end(text);
  };
}
