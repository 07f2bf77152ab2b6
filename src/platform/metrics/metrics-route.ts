import type { Request, RequestHandler, Response } from 'express';
import { NotSignedIn } from '../http/problems/app-errors.js';
import { failureOf } from '../http/problems/failure-of.js';
import { sendProblem } from '../http/problems/problem.filter.js';
import type { Metrics } from './metrics.js';
import { mayReadMetrics } from './serve-metrics.js';

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
