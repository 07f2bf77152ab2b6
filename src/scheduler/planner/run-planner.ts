import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Conflict, NotFound } from '../../platform/http/problems/app-errors.js';
import { type Clock, CLOCK, floorToPeriod, missedTicks } from '../../domain/clock.js';
import { NO_KEY, type IdempotencyScope } from '../../platform/idempotency/idempotency-scope.js';
import { MonthPartitions } from '../../platform/database/month-partitions.js';
import { RunMetrics } from '../runs/run-metrics.js';
import { uuidv7 } from '../../platform/database/uuid.js';

/** Missed ticks that are recorded at most; a year of minutes would tell nobody more. */
const MISSED_TICKS_RECORDED = 1000;

const NO_COUNTERS = JSON.stringify({ instances: 0, executed: 0, held: 0, failed: 0 });

interface DueDefinition {
  readonly id: number;
  readonly version: number;
  readonly rebalance_period_minutes: number;
  readonly next_run_at: Date | null;
  readonly has_runs: boolean;
}

interface PlannedTick {
  /** Of the new run; null: there is none. */
  readonly id: string | null;
  /** Ticks before it that were recorded as skipped. */
  readonly missed: number;
}

/**
 * Makes runs: for due definitions at a tick, or at once when an admin asks. A tick exists once, whatever
 * number of processes plans it (unique constraint on definition and scheduled time).
 */
@Injectable()
export class RunPlanner {
  constructor(
    private readonly database: DataSource,
    private readonly partitions: MonthPartitions,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly metrics: RunMetrics,
  ) {}

  /**
   * Makes the runs of all definitions that are due. Late ticks coalesce: one run now, the missed ones are
   * recorded as skipped. @returns ids of the new runs.
   */
  async planDue(): Promise<string[]> {
    const now = this.clock.now();
    await this.partitions.ensure(now);
    const { runs, skipped } = await this.database.transaction(async (manager) => {
      // A definition that another process plans at this moment is not waited for: it will be planned.
      const due = await manager.query<DueDefinition[]>(
        `SELECT id, version, rebalance_period_minutes, next_run_at,
           EXISTS (SELECT 1 FROM strategy_runs r WHERE r.definition_id = d.id) AS has_runs
         FROM strategy_definitions d
         WHERE is_active AND (next_run_at IS NULL OR next_run_at <= $1)
         ORDER BY id FOR NO KEY UPDATE OF d SKIP LOCKED`,
        [now],
      );
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
   * Makes a run now, beside the schedule. @returns its id.
   * @param within done in the same transaction, such as the audit line.
   * @param once a request that may come again: the id of the run that was made the first time is given back.
   * @throws NotFound when there is no such definition; Conflict when it is switched off, or when one was made in this very millisecond.
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
    const id = uuidv7(now.getTime());
    const [definition] = await manager.query<{ is_active: boolean }[]>(
      `SELECT is_active FROM strategy_definitions WHERE id = $1 FOR KEY SHARE`,
      [definitionId],
    );
    if (!definition) throw new NotFound('strategy definition');
    if (!definition.is_active) throw new Conflict('definition_inactive', 'Switch the definition on first.');
    const rows = await manager.query<unknown[]>(
      `INSERT INTO strategy_runs (id, definition_id, definition_version, scheduled_for, trigger, status, counters, created_at)
       SELECT $1, d.id, d.version, $3, 'manual', 'queued', $4, $3 FROM strategy_definitions d WHERE d.id = $2
       ON CONFLICT (definition_id, scheduled_for) DO NOTHING RETURNING id`,
      [id, definitionId, now, NO_COUNTERS],
    );
    if (rows.length === 0) throw new Conflict('run_exists', 'A run was made at this very moment. Look at the runs.');
    return id;
  }

  private async planOne(manager: EntityManager, definition: DueDefinition, now: Date): Promise<PlannedTick> {
    const period = definition.rebalance_period_minutes;
    const tick = floorToPeriod(now, period);
    const next = new Date(tick.getTime() + period * 60_000);
    await manager.query(`UPDATE strategy_definitions SET next_run_at = $2 WHERE id = $1`, [definition.id, next]);
    // Switched on again, or the period was changed: it counts from the next tick. A new one runs at once.
    if (definition.next_run_at === null && definition.has_runs) return { id: null, missed: 0 };
    // next_run_at is the first tick that nobody has planned: whatever lies from there to this tick was missed.
    const lastPlanned = definition.next_run_at && new Date(definition.next_run_at.getTime() - 1);
    const ticks = missedTicks(lastPlanned, tick, period, MISSED_TICKS_RECORDED);
    const missed = ticks.length > 0 ? await this.recordSkipped(manager, definition, ticks, now) : 0;
    const id = uuidv7(now.getTime());
    const rows = await manager.query<unknown[]>(
      `INSERT INTO strategy_runs (id, definition_id, definition_version, scheduled_for, trigger, status, counters, created_at)
       VALUES ($1, $2, $3, $4, 'schedule', 'queued', $5, $6)
       ON CONFLICT (definition_id, scheduled_for) DO NOTHING RETURNING id`,
      [id, definition.id, definition.version, tick, NO_COUNTERS, now],
    );
    return { id: rows.length > 0 ? id : null, missed };
  }

  /** @returns how many were recorded: some may have been before. */
  private async recordSkipped(
    manager: EntityManager,
    definition: DueDefinition,
    ticks: Date[],
    now: Date,
  ): Promise<number> {
    const error = JSON.stringify({
      code: 'tick_missed',
      message: 'Nothing ran at this time; the next run made up for it.',
    });
    const rows = await manager.query<unknown[]>(
      `INSERT INTO strategy_runs (id, definition_id, definition_version, scheduled_for, trigger, status, counters, error, created_at, finished_at)
       SELECT id, $3, $4, tick, 'schedule', 'skipped', $5, $6, $7, $7 FROM unnest($1::uuid[], $2::timestamptz[]) AS missed (id, tick)
       ON CONFLICT (definition_id, scheduled_for) DO NOTHING RETURNING id`,
      [ticks.map(() => uuidv7(now.getTime())), ticks, definition.id, definition.version, NO_COUNTERS, error, now],
    );
    return rows.length;
  }
}
