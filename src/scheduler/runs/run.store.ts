import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { MarketSnapshot } from '../../domain/market/market-snapshot.js';
import type { RunCounters, RunStatus } from './strategy-run.entity.js';

/** What a worker must know of a run and its definition. */
export interface RunTask {
  readonly id: string;
  readonly definition_id: number;
  readonly definition_name: string;
  readonly business_agents: readonly string[];
  readonly decision_agent_class: string;
  readonly trade_channel: string;
  readonly trade_symbol: string;
  readonly scheduled_for: Date;
  readonly started_at: Date;
  readonly market_snapshot: MarketSnapshot | null;
}

const TASK_COLUMNS = `r.id, r.definition_id, d.name AS definition_name, d.business_agents, d.decision_agent_class,
  d.trade_channel, d.trade_symbol, r.scheduled_for, r.started_at, r.market_snapshot`;

/** The statements on runs. */
@Injectable()
export class RunStore {
  constructor(private readonly database: DataSource) {}

  /**
   * Takes a run for analysis until `leaseUntil`. @returns null when it is finished, already divided, or
   * another worker has it.
   */
  async claimForAnalysis(id: string, now: Date, leaseUntil: Date): Promise<RunTask | null> {
    const [rows] = await this.database.query<[RunTask[], number]>(
      `UPDATE strategy_runs r
       SET status = 'analysing', started_at = coalesce(r.started_at, $2), lease_until = $3
       FROM strategy_definitions d
       WHERE r.id = $1 AND d.id = r.definition_id AND r.status IN ('queued', 'analysing')
         AND (r.lease_until IS NULL OR r.lease_until <= $2)
       RETURNING ${TASK_COLUMNS}`,
      [id, now, leaseUntil],
    );
    return rows[0] ?? null;
  }

  /** Ends a run that could not be analysed. A run that was divided or finished meanwhile stays as it is. */
  async fail(id: string, error: { code: string; message: string }, now: Date): Promise<void> {
    await this.database.query(
      `UPDATE strategy_runs SET status = 'failed', error = $2, finished_at = $3, lease_until = NULL
       WHERE id = $1 AND status IN ('queued', 'analysing')`,
      [id, JSON.stringify(error), now],
    );
  }

  /**
   * Stores the market and divides the definition's active instances into chunks, unless that has been done.
   * @returns the number of chunks, or null when another worker has divided this run.
   */
  async divide(
    manager: EntityManager,
    task: RunTask,
    snapshot: MarketSnapshot,
    chunkSize: number,
  ): Promise<number | null> {
    const [taken] = await manager.query<[unknown[], number]>(
      `UPDATE strategy_runs SET status = 'deciding', market_snapshot = $2, lease_until = NULL
       WHERE id = $1 AND status = 'analysing' RETURNING id`,
      [task.id, JSON.stringify(snapshot)],
    );
    if (taken.length === 0) return null;
    const chunks = await manager.query<unknown[]>(
      `INSERT INTO strategy_run_chunks (run_id, chunk_index, first_portfolio_id, last_portfolio_id)
       SELECT $1, chunk_index, (array_agg(id ORDER BY id))[1], (array_agg(id ORDER BY id DESC))[1]
       FROM (SELECT id, ((row_number() OVER (ORDER BY id)) - 1) / $3::integer AS chunk_index
             FROM portfolios WHERE strategy_definition_id = $2 AND is_active = true) numbered
       GROUP BY chunk_index
       RETURNING chunk_index`,
      [task.id, task.definition_id, chunkSize],
    );
    await manager.query(`UPDATE strategy_runs SET chunks_total = $2 WHERE id = $1`, [task.id, chunks.length]);
    return chunks.length;
  }

  /** Runs that nobody works on although they should be: made, or left by a worker that died. */
  async findAbandoned(before: Date, now: Date): Promise<{ id: string; status: RunStatus }[]> {
    return this.database.query(
      `SELECT id, status FROM strategy_runs
       WHERE finished_at IS NULL AND created_at <= $1 AND (lease_until IS NULL OR lease_until <= $2)
       ORDER BY created_at LIMIT 1000`,
      [before, now],
    );
  }

  /** Indexes of the chunks of a run that are not finished. */
  async openChunks(runId: string): Promise<number[]> {
    const rows = await this.database.query<{ chunk_index: number }[]>(
      `SELECT chunk_index FROM strategy_run_chunks WHERE run_id = $1 AND finished_at IS NULL ORDER BY chunk_index`,
      [runId],
    );
    return rows.map((row) => row.chunk_index);
  }

  /**
   * Adds a finished chunk (none: pass 0 chunks) to the run; the last one finishes it. The run is degraded when an
   * agent did not deliver or an instance failed.
   * @returns the run's outcome when this finished it, else null.
   */
  async advance(
    manager: EntityManager,
    runId: string,
    chunks: number,
    counters: RunCounters,
    now: Date,
  ): Promise<{ status: RunStatus; counters: RunCounters } | null> {
    const [rows] = await manager.query<[{ status: RunStatus; counters: RunCounters }[], number]>(
      `WITH sums AS (
         SELECT r.id, r.chunks_done + $2 AS done, jsonb_build_object(
           'instances', (r.counters->>'instances')::integer + $3, 'executed', (r.counters->>'executed')::integer + $4,
           'held', (r.counters->>'held')::integer + $5, 'failed', (r.counters->>'failed')::integer + $6) AS counters,
           EXISTS (SELECT 1 FROM agent_executions a WHERE a.run_id = r.id AND a.status <> 'success') AS agent_missing
         FROM strategy_runs r WHERE r.id = $1 FOR UPDATE)
       UPDATE strategy_runs r
       SET chunks_done = sums.done, counters = sums.counters,
         status = CASE WHEN sums.done < r.chunks_total THEN r.status
                       WHEN sums.agent_missing OR (sums.counters->>'failed')::integer > 0 THEN 'degraded'
                       ELSE 'completed' END,
         finished_at = CASE WHEN sums.done < r.chunks_total THEN NULL ELSE $7::timestamptz END
       FROM sums WHERE r.id = sums.id
       RETURNING r.status, r.counters, r.finished_at`,
      [runId, chunks, counters.instances, counters.executed, counters.held, counters.failed, now],
    );
    const run = rows[0] as { status: RunStatus; counters: RunCounters; finished_at: Date | null } | undefined;
    return run?.finished_at ? { status: run.status, counters: run.counters } : null;
  }
}
