import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { MarketSnapshot } from '../../domain/market/market-snapshot.js';
import { storableJson } from '../../platform/database/storable-text.js';
import { TASK_COLUMNS, type RunTask } from './run-task.js';
import type { RunCounters, RunStatus } from './strategy-run.entity.js';

/** A run that was begun so often and never divided will not be: it fails, and the next tick is tried. */
export const MOST_ATTEMPTS = 10;

/** A run that nobody has begun for so long is not begun any more; histories rely on it (ExecutionStore.list). */
const LONGEST_WAIT = '7 days';

const RUN_EXPIRED = { code: 'run_expired', message: 'Nobody took this run for a week: no worker was there.' };
const TICK_MISSED = { code: 'tick_missed', message: 'Nothing ran at this time; a later run made up for it.' };

/** What the decisions of a run rest on, besides the task and the analyses. */
export interface DecisionBasis {
  readonly market: MarketSnapshot;
  /** Null: this program does not have the decision agent. */
  readonly decisionAgentVersion: string | null;
  readonly slippageBps: number;
}

/** A run as one worker has taken it: the number of the attempt tells its claim from an earlier one's. */
export interface RunClaim {
  readonly id: string;
  readonly attempts: number;
}

/** Why a run failed; stored and shown. */
export interface RunError {
  /** Stable, snake_case. */
  readonly code: string;
  readonly message: string;
}

/** The statements on runs. */
@Injectable()
export class RunStore {
  constructor(private readonly database: DataSource) {}

  /**
   * Sets a scheduled run aside that nobody has begun while the next ticks came: late ticks coalesce into the latest,
   * because all of them would trade at one moment and price. And any run that was not divided within a week.
   */
  async skipIfOutdated(id: string, now: Date): Promise<boolean> {
    const [, skipped] = await this.database.query<[unknown[], number]>(
      `UPDATE strategy_runs r SET status = 'skipped', finished_at = $3, lease_until = NULL,
         error = CASE WHEN r.created_at < $3::timestamptz - interval '${LONGEST_WAIT}' THEN $4::jsonb ELSE $2 END
       WHERE r.id = $1 AND (
         (r.status = 'queued' AND r.trigger = 'schedule' AND EXISTS (
           SELECT 1 FROM strategy_runs later WHERE later.definition_id = r.definition_id AND later.trigger = 'schedule'
             AND later.scheduled_for > r.scheduled_for))
         OR (r.status IN ('queued', 'analysing') AND r.created_at < $3::timestamptz - interval '${LONGEST_WAIT}'
           AND (r.lease_until IS NULL OR r.lease_until <= $3)))`,
      [id, JSON.stringify(TICK_MISSED), now, JSON.stringify(RUN_EXPIRED)],
    );
    return skipped > 0;
  }

  /** What an unfinished run looks at; null for one that waits for nothing more than its chunks, or is over. */
  async marketOf(id: string): Promise<{ symbol: string; channel: string } | null> {
    const [row] = await this.database.query<{ symbol: string; channel: string }[]>(
      `SELECT d.trade_symbol AS symbol, d.trade_channel AS channel
       FROM strategy_runs r JOIN strategy_definitions d ON d.id = r.definition_id
       WHERE r.id = $1 AND r.status IN ('queued', 'analysing')`,
      [id],
    );
    return row ?? null;
  }

  /**
   * Takes a run for analysis until `leaseUntil`, with the definition as it is now. @returns null when it is
   * finished, already divided, or another worker has it.
   */
  async claimForAnalysis(id: string, now: Date, leaseUntil: Date): Promise<(RunTask & RunClaim) | null> {
    const [rows] = await this.database.query<[(RunTask & RunClaim)[], number]>(
      `UPDATE strategy_runs r
       SET status = 'analysing', started_at = coalesce(r.started_at, $2), lease_until = $3,
         definition_version = d.version, attempts = r.attempts + 1
       FROM strategy_definitions d
       WHERE r.id = $1 AND d.id = r.definition_id AND r.status IN ('queued', 'analysing')
         AND (r.lease_until IS NULL OR r.lease_until <= $2)
       RETURNING ${TASK_COLUMNS}, r.attempts`,
      [id, now, leaseUntil],
    );
    return rows[0] ?? null;
  }

  /** Gives a run back that could not be analysed now, so that the next attempt need not wait for the lease. */
  async release(claim: RunClaim): Promise<void> {
    await this.database.query(
      `UPDATE strategy_runs SET lease_until = NULL WHERE id = $1 AND attempts = $2 AND status = 'analysing'`,
      [claim.id, claim.attempts],
    );
  }

  /** Keeps a run until then. A worker that was away for so long that another has taken it renews nothing. */
  async renew(claim: RunClaim, leaseUntil: Date): Promise<void> {
    await this.database.query(
      `UPDATE strategy_runs SET lease_until = $3 WHERE id = $1 AND attempts = $2 AND status = 'analysing'`,
      [claim.id, claim.attempts, leaseUntil],
    );
  }

  /**
   * Ends a run that cannot be analysed. @returns false for one that is another worker's by now, or divided, or over: it
   * stays as it is.
   */
  async failAnalysis(claim: RunClaim, error: RunError, now: Date): Promise<boolean> {
    const [, failed] = await this.database.query<[unknown[], number]>(
      `UPDATE strategy_runs SET status = 'failed', error = $3, finished_at = $4, lease_until = NULL
       WHERE id = $1 AND attempts = $2 AND status = 'analysing'`,
      [claim.id, claim.attempts, storableJson(error), now],
    );
    return failed > 0;
  }

  /** Ends a run whose chunks cannot be written. @returns false for one that is not divided or is over: it stays as it is. */
  async failDeciding(id: string, error: RunError, now: Date): Promise<boolean> {
    const [, failed] = await this.database.query<[unknown[], number]>(
      `UPDATE strategy_runs SET status = 'failed', error = $2, finished_at = $3 WHERE id = $1 AND status = 'deciding'`,
      [id, storableJson(error), now],
    );
    return failed > 0;
  }

  /**
   * Stores what the decisions will rest on and divides the definition's active instances into chunks, unless that has been done.
   * @returns the number of chunks, or null when the run is another worker's by now.
   */
  async divide(
    manager: EntityManager,
    task: RunTask & RunClaim,
    basis: DecisionBasis,
    chunkSize: number,
  ): Promise<number | null> {
    const [taken] = await manager.query<[unknown[], number]>(
      `UPDATE strategy_runs SET status = 'deciding', market_snapshot = $2, business_agents = $3,
         decision_agent_class = $4, decision_agent_version = $5, slippage_bps = $6, lease_until = NULL
       WHERE id = $1 AND status = 'analysing' AND attempts = $7 RETURNING id`,
      [
        task.id,
        JSON.stringify(basis.market),
        JSON.stringify(task.business_agents),
        task.decision_agent_class,
        basis.decisionAgentVersion,
        basis.slippageBps,
        task.attempts,
      ],
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

  /** Runs that are to be analysed and that nobody has taken: made before that time, or left by a worker that died. */
  async findAbandoned(before: Date, now: Date): Promise<string[]> {
    const rows = await this.database.query<{ id: string }[]>(
      `SELECT id FROM strategy_runs
       WHERE finished_at IS NULL AND status <> 'deciding' AND created_at <= $1
         AND (lease_until IS NULL OR lease_until <= $2)
       ORDER BY created_at LIMIT 1000`,
      [before, now],
    );
    return rows.map((row) => row.id);
  }

  /** Indexes of the chunks of a run that are not finished; none of a run that is over. */
  async openChunks(runId: string): Promise<number[]> {
    const rows = await this.database.query<{ chunk_index: number }[]>(
      `SELECT c.chunk_index FROM strategy_run_chunks c JOIN strategy_runs r ON r.id = c.run_id
       WHERE c.run_id = $1 AND c.finished_at IS NULL AND r.status = 'deciding' ORDER BY c.chunk_index`,
      [runId],
    );
    return rows.map((row) => row.chunk_index);
  }

  /**
   * Adds a finished chunk (none: pass 0 chunks) to the run; the last one finishes it. The run is degraded when an
   * agent did not deliver or an instance failed.
   * @returns the run's outcome when this finished it, else null.
   * @throws Error when the run is over: nothing may be added to it, and what is written in this transaction must go.
   */
  async advance(
    manager: EntityManager,
    runId: string,
    chunks: number,
    counters: RunCounters,
    now: Date,
  ): Promise<{ status: RunStatus; counters: RunCounters } | null> {
    // NO KEY: whoever writes a row that refers to the run need not wait.
    const [rows] = await manager.query<[{ status: RunStatus; counters: RunCounters }[], number]>(
      `WITH sums AS (
         SELECT r.id, r.chunks_done + $2 AS done, jsonb_build_object(
           'instances', (r.counters->>'instances')::integer + $3, 'executed', (r.counters->>'executed')::integer + $4,
           'held', (r.counters->>'held')::integer + $5, 'failed', (r.counters->>'failed')::integer + $6) AS counters,
           EXISTS (SELECT 1 FROM agent_executions a WHERE a.run_id = r.id AND a.status <> 'success') AS agent_missing
         FROM strategy_runs r WHERE r.id = $1 AND r.status = 'deciding' FOR NO KEY UPDATE)
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
    if (!run) throw new Error(`Run ${runId} is over.`);
    return run.finished_at ? { status: run.status, counters: run.counters } : null;
  }
}
