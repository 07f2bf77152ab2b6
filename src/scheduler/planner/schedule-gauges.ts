import { Inject, Injectable } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { type Clock, CLOCK } from '../../domain/clock.js';
import { DatabaseMetrics } from '../../platform/metrics/platform-metrics.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { makeAbsent } from '../../platform/metrics/scraped-values.js';
import { InvariantCheckService } from '../../invariants/invariant-check.service.js';
import { ScheduleGaugesStore } from './schedule-gauges.store.js';

/**
 * Metrics of open work, lateness and violated invariants, read from the database: the same in every process, and still
 * correct without a worker.
 */
@Injectable()
export class ScheduleGauges {
  constructor(
    private readonly metrics: Metrics,
    private readonly store: ScheduleGaugesStore,
    private readonly invariants: InvariantCheckService,
    @Inject(CLOCK) private readonly clock: Clock,
    database: DatabaseMetrics,
  ) {
    database.readAtScrape(this.openWork());
    database.readAtScrape(this.lastCheck());
  }

  private openWork() {
    const registers = [this.metrics.registry];
    const runs = new Gauge({
      name: 'conclave_open_runs',
      help: 'Runs that have not ended, of all processes',
      labelNames: ['status'],
      registers,
    });
    const chunks = new Gauge({
      name: 'conclave_open_chunks',
      help: 'Chunks of open runs that have not been written, of all processes',
      registers,
    });
    const oldest = new Gauge({
      name: 'conclave_oldest_open_run_age_seconds',
      help: 'How long ago the oldest run was made that has not ended; 0: none is open',
      registers,
    });
    const lateness = new Gauge({
      name: 'conclave_schedule_lateness_seconds',
      help: 'How long ago the most overdue tick should have been planned; above 2, no worker is planning',
      registers,
    });
    return {
      read: async () => {
        const open = await this.store.openWork();
        const now = this.clock.now();
        return () => {
          for (const [status, count] of Object.entries(open.runs)) runs.set({ status }, count);
          chunks.set(open.chunks);
          oldest.set(secondsSince(open.oldestRunAt, now));
          lateness.set(secondsSince(open.firstTickUnplanned, now));
        };
      },
      forget: () => makeAbsent(runs, chunks, oldest, lateness),
    };
  }

  private lastCheck() {
    const registers = [this.metrics.registry];
    const violations = new Gauge({
      name: 'conclave_invariant_violations',
      help: 'What the last check found; anything above 0 is an error',
      labelNames: ['invariant'],
      registers,
    });
    const age = new Gauge({
      name: 'conclave_invariant_check_age_seconds',
      help: 'How long ago the invariants were checked; absent before the first check',
      registers,
    });
    return {
      read: async () => {
        const last = await this.invariants.last();
        const now = this.clock.now();
        return () => {
          if (!last) return;
          for (const { name, violations: count } of last.results) violations.set({ invariant: name }, count);
          age.set(secondsSince(last.checked_at, now));
        };
      },
      forget: () => makeAbsent(violations, age),
    };
  }
}

function secondsSince(time: Date | null, now: Date): number {
  return time ? Math.max(0, now.getTime() - time.getTime()) / 1000 : 0;
}
