import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { MarketSnapshot } from '../../domain/market/market-snapshot.js';
import { sanitizeJson } from '../../platform/database/database-text.js';
import type { RunContext } from './run-context.js';
import type { RunClaim, RunError } from './run.store.js';
import type { RunCounters, RunStatus } from './strategy-run.entity.js';

/** Inputs of a run's decisions besides the run's context and the analyses. */
export interface DecisionBasis {
  readonly market: MarketSnapshot;
  /** Null: this program does not have the decision agent. */
  readonly decisionAgentVersion: string | null;
  readonly slippageBps: number;
}

/** Chunks that one process serves at a time; with fewer, processor and database wait for each other. */
const CHUNKS_AT_ONCE = 4;
/** In a smaller chunk the statements would cost more than the instances. */
const SMALLEST_CHUNK = 100;

/** Statements on runs, from the division into chunks to their end. */
@Injectable()
export class RunProgressStore {
  constructor(private readonly database: DataSource) {}

  /**
   * Stores the inputs of the decisions and divides the definition's active instances into chunks, unless that has been
   * done. A small run gets chunks smaller than `chunkSize`, so that a process can decide one while it writes another.
   * @returns the number of chunks; null when another worker has taken the run.
   */
  async divide(
    manager: EntityManager,
    task: RunContext & RunClaim,
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
       FROM (SELECT id, ((row_number() OVER (ORDER BY id)) - 1)
               / least($3::bigint, greatest($4, ceil(count(*) OVER () / $5::float8)::bigint)) AS chunk_index
             FROM portfolios WHERE strategy_definition_id = $2 AND is_active = true) numbered
       GROUP BY chunk_index
       RETURNING chunk_index`,
      [task.id, task.definition_id, chunkSize, SMALLEST_CHUNK, CHUNKS_AT_ONCE],
    );
    await manager.query(`UPDATE strategy_runs SET chunks_total = $2 WHERE id = $1`, [task.id, chunks.length]);
    return chunks.length;
  }

  /** Fails a run whose chunks cannot be written. @returns false, without a change, unless the run is deciding. */
  async failDeciding(id: string, error: RunError, now: Date): Promise<boolean> {
    const [, failed] = await this.database.query<[unknown[], number]>(
      `UPDATE strategy_runs SET status = 'failed', error = $2, finished_at = $3 WHERE id = $1 AND status = 'deciding'`,
      [id, sanitizeJson(error), now],
    );
    return failed > 0;
  }

  /** Indexes of unfinished chunks; empty when the run is over. */
  async openChunks(runId: string): Promise<number[]> {
    const rows = await this.database.query<{ chunk_index: number }[]>(
      `SELECT c.chunk_index FROM strategy_run_chunks c JOIN strategy_runs r ON r.id = c.run_id
       WHERE c.run_id = $1 AND c.finished_at IS NULL AND r.status = 'deciding' ORDER BY c.chunk_index`,
      [runId],
    );
    return rows.map((row) => row.chunk_index);
  }

  /**
   * Adds finished chunks to the run; the last one finishes it. Pass 0 chunks to finish a run without any. The run is
   * degraded when an agent failed, the language model did not deliver its review, or an instance failed.
   * @returns the run's outcome when this call finished it, else null.
   * @throws Error when the run is over, so that the transaction rolls back.
   */
  async advance(
    manager: EntityManager,
    runId: string,
    chunks: number,
    counters: RunCounters,
    now: Date,
  ): Promise<{ status: RunStatus; counters: RunCounters } | null> {
    // NO KEY, so that inserts of rows that refer to the run need not wait.
    const [rows] = await manager.query<[{ status: RunStatus; counters: RunCounters }[], number]>(
      `WITH sums AS (
         SELECT r.id, r.chunks_done + $2 AS done, jsonb_build_object(
           'instances', (r.counters->>'instances')::integer + $3, 'executed', (r.counters->>'executed')::integer + $4,
           'held', (r.counters->>'held')::integer + $5, 'failed', (r.counters->>'failed')::integer + $6) AS counters,
           EXISTS (SELECT 1 FROM agent_executions a WHERE a.run_id = r.id AND (a.status <> 'success' OR a.degraded))
             AS agent_missing
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
