import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Conflict, NotFound } from '../../platform/http/problems/app-errors.js';
import { type Clock, CLOCK, floorToPeriod, missedTicks } from '../../domain/clock.js';
import { NO_KEY, type IdempotencyScope } from '../../platform/idempotency/idempotency-scope.js';
import { MonthPartitions } from '../../platform/database/month-partitions.js';
import { PlannerStore, type DueDefinition, type NewRun, type PlannedDefinition } from './planner.store.js';
import { RunMetrics } from '../runs/run-metrics.js';
import { uuidv7 } from '../../platform/database/uuid.js';

/** Most missed ticks recorded for one definition; more would not tell the reader more. */
const MISSED_TICKS_RECORDED = 1000;

const NO_COUNTERS = { instances: 0, executed: 0, held: 0, failed: 0 };

const TICK_MISSED = { code: 'tick_missed', message: 'No run took place at this time; the next run covered it.' };

interface PlannedTick {
  /** Id of the new run; null: none was due. */
  readonly id: string | null;
  /** Earlier ticks recorded as skipped. */
  readonly missed: number;
}

/**
 * Creates runs: at the ticks of due definitions, or at once on an admin's request. A unique constraint on definition
 * and scheduled time lets any number of processes plan the same tick.
 */
@Injectable()
export class RunPlanner {
  constructor(
    private readonly database: DataSource,
    private readonly store: PlannerStore,
    private readonly partitions: MonthPartitions,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly metrics: RunMetrics,
  ) {}

  /**
   * Creates the runs of all due definitions. Late ticks coalesce: one run now, the missed ones are recorded as skipped.
   * @returns ids of the new runs.
   */
  async planDue(): Promise<string[]> {
    const now = this.clock.now();
    await this.partitions.ensure(now);
    const { runs, skipped } = await this.database.transaction(async (manager) => {
      const due = await this.store.lockDue(manager, now);
      const planned: string[] = [];
      let passedOver = 0;
      for (const definition of due) {
        const { id, missed } = await this.planOne(manager, definition, now);
        if (id) planned.push(id);
        passedOver += missed;
      }
      return { runs: planned, skipped: passedOver };
    });
    this.metrics.ended('skipped', skipped);
    return runs;
  }

  /**
   * Creates a run now, in addition to the schedule. @returns its id.
   * @param within runs in the same transaction, for example to write the audit entry.
   * @param once idempotency of the request; a repeated request returns the id of the first run.
   * @throws NotFound for an unknown definition; Conflict when it is inactive, or has a run in the same millisecond.
   */
  async planNow(
    definitionId: number,
    within: (manager: EntityManager, runId: string) => Promise<void>,
    once: IdempotencyScope = NO_KEY,
  ): Promise<string> {
    await this.partitions.ensure(this.clock.now());
    return this.database.transaction((manager) =>
      once.make(manager, async () => {
        const id = await this.insertManual(manager, definitionId);
        await within(manager, id);
        return id;
      }),
    );
  }

  private async insertManual(manager: EntityManager, definitionId: number): Promise<string> {
    const now = this.clock.now();
    const definition = await this.store.lockDefinition(manager, definitionId);
    if (!definition) throw new NotFound('strategy definition');
    if (!definition.is_active)
      throw new Conflict('definition_inactive', 'This definition is switched off. Switch it on first.');
    const run = { ...newRun(definition, now, now), trigger: 'manual' } as const;
    const made = await this.store.insertRuns(manager, [run]);
    if (made === 0)
      throw new Conflict('run_exists', 'Another run was created at the same moment. Look at the list of runs.');
    return run.id;
  }

  private async planOne(manager: EntityManager, definition: DueDefinition, now: Date): Promise<PlannedTick> {
    const period = definition.rebalance_period_minutes;
    const tick = floorToPeriod(now, period);
    const next = new Date(tick.getTime() + period * 60_000);
    await this.store.scheduleNext(manager, definition.id, next);
    // A definition that was resumed, or whose period changed, runs from its next tick on. A new one runs at once.
    if (definition.next_run_at === null && definition.has_runs) return { id: null, missed: 0 };
    // next_run_at is the first unplanned tick; the ticks from there to this one were missed.
    const lastPlanned = definition.next_run_at && new Date(definition.next_run_at.getTime() - 1);
    const ticks = missedTicks(lastPlanned, tick, period, MISSED_TICKS_RECORDED);
    const skipped = { status: 'skipped', error: TICK_MISSED, finished_at: now } as const;
    const missed = await this.store.insertRuns(
      manager,
      ticks.map((missedTick) => Object.assign(newRun(definition, missedTick, now), skipped)),
    );
    const run = newRun(definition, tick, now);
    const made = await this.store.insertRuns(manager, [run]);
    return { id: made > 0 ? run.id : null, missed };
  }
}

function newRun({ id, version }: PlannedDefinition, tick: Date, now: Date) {
  return {
    id: uuidv7(now.getTime()),
    definition_id: id,
    definition_version: version,
    scheduled_for: tick,
    trigger: 'schedule',
    status: 'queued',
    counters: NO_COUNTERS,
    created_at: now,
  } satisfies NewRun;
}
