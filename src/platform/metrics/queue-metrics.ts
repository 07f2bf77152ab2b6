import { Injectable } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { JobQueue } from '../queue/job-queue.js';
import { Metrics } from './metrics.js';
import { makeAbsent } from './scraped-values.js';

/** How many jobs there are in each state, and whether the queue answers. The same in every process. */
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
