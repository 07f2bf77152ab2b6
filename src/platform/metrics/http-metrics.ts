import { Injectable } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { Gauge, Histogram } from 'prom-client';
import { routeOf } from '../http/route-methods.js';
import { Metrics } from './metrics.js';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** How long requests take, by the template of their route: a path as it was sent would be a new series each time. */
@Injectable()
export class HttpMetrics {
  private readonly durations: Histogram<'method' | 'route' | 'status_class'>;
  private readonly inFlight: Gauge;

  constructor(metrics: Metrics) {
    const registers = [metrics.registry];
    this.durations = new Histogram({
      name: 'conclave_http_request_duration_seconds',
      help: 'From the head of a request to the end of its answer',
      labelNames: ['method', 'route', 'status_class'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    });
    this.inFlight = new Gauge({
      name: 'conclave_http_requests_in_flight',
      help: 'Requests that are being answered',
      registers,
    });
  }

  /** Middleware; the first of all, so that everything counts. */
  readonly measure = (req: Request, res: Response, next: NextFunction): void => {
    const stop = this.durations.startTimer();
    this.inFlight.inc();
    res.once('close', () => {
      this.inFlight.dec();
      stop({
        method: METHODS.has(req.method) ? req.method : 'other',
        route: routeOf(req) ?? 'none',
        // Hung up before there was an answer.
        status_class: res.headersSent ? `${Math.floor(res.statusCode / 100)}xx` : 'aborted',
      });
    });
    next();
  };
}
