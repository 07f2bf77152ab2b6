import { Injectable } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { Gauge, Histogram } from 'prom-client';
import { DataSource } from 'typeorm';
import { routeOf } from '../http/route-methods.js';
import { JobQueue } from '../queue/job-queue.js';
import { Metrics } from './metrics.js';
import { type ScrapedSource, type ScrapedValues, makeAbsent } from './scraped-values.js';

interface Pool {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
  readonly options: { readonly max: number };
}

/**
 * Availability of the database, use of the pool, and the values that other modules read from the database at a scrape.
 */
@Injectable()
export class DatabaseMetrics {
  private readonly values: ScrapedValues;

  constructor(metrics: Metrics, database: DataSource) {
    const registers = [metrics.registry];
    const up = new Gauge({
      name: 'conclave_database_up',
      help: '1: the database answers; 0: it did not within 2 s',
      registers,
    });
    this.values = metrics.readAtScrape([
      {
        async read() {
          await database.query('SELECT 1');
          return () => up.set(1);
        },
        forget: () => up.set(0),
      },
    ]);
    for (const gauge of poolGauges(() => (database.driver as unknown as { master: Pool }).master)) {
      metrics.registry.registerMetric(gauge);
    }
  }

  /** Adds values from the database. Sources are read one after the other, while the database answers. */
  readAtScrape(source: ScrapedSource): void {
    this.values.add(source);
  }
}

function poolGauges(pool: () => Pool): Gauge[] {
  const connections = new Gauge({
    name: 'conclave_database_pool_connections',
    help: 'Connections of this process to the database, without those of the queue',
    labelNames: ['state'],
    registers: [],
    collect() {
      const { totalCount, idleCount } = pool();
      this.set({ state: 'idle' }, idleCount);
      this.set({ state: 'busy' }, totalCount - idleCount);
    },
  });
  const size = new Gauge({
    name: 'conclave_database_pool_size',
    help: 'Connections that this process may have at most, without those of the queue',
    registers: [],
    collect() {
      this.set(pool().options.max);
    },
  });
  const waiting = new Gauge({
    name: 'conclave_database_pool_waiting',
    help: 'Work that waits for a connection',
    registers: [],
    collect() {
      this.set(pool().waitingCount);
    },
  });
  return [connections, size, waiting] as Gauge[];
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Durations of requests by the template of their route: a raw path would create a new series each time. */
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

  /** Middleware. It must be the first one, so that every request counts. */
  readonly measure = (req: Request, res: Response, next: NextFunction): void => {
    const stop = this.durations.startTimer();
    this.inFlight.inc();
    res.once('close', () => {
      this.inFlight.dec();
      stop({
        method: METHODS.has(req.method) ? req.method : 'other',
        route: routeOf(req) ?? 'none',
        // The client disconnected before an answer.
        status_class: res.headersSent ? `${Math.floor(res.statusCode / 100)}xx` : 'aborted',
      });
    });
    next();
  };
}

/** Number of jobs in each state, and whether the queue answers. The same in every process. */
@Injectable()
export class QueueMetrics {
  constructor(metrics: Metrics, queue: JobQueue) {
    const registers = [metrics.registry];
    const up = new Gauge({
      name: 'conclave_queue_up',
      help: '1: the queue answers; 0: it did not within 2 s',
      registers,
    });
    const jobs = new Gauge({
      name: 'conclave_queue_jobs',
      help: 'Jobs of all processes by state',
      labelNames: ['state'],
      registers,
    });
    metrics.readAtScrape([
      {
        async read() {
          const counts = await queue.counts();
          return () => {
            up.set(1);
            for (const [state, count] of Object.entries(counts)) jobs.set({ state }, count);
          };
        },
        forget() {
          up.set(0);
          makeAbsent(jobs);
        },
      },
    ]);
  }
}
