import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Row } from '../../platform/database/row.js';
import type { Portfolio } from '../../trading/books/portfolio.entity.js';
import type { StoredBooks } from '../../trading/books/stored-books.js';
import type { RunContext } from '../runs/run-context.js';
import { RUN_CONTEXT_COLUMNS } from '../runs/run.store.js';
import { KnownParams, type ParamsKey } from './known-params.js';
import { RunChunk } from './run-chunk.entity.js';

/** An instance as a chunk reads it: one row, position included. Numerics are decimal strings. */
export interface InstanceRow
  extends
    StoredBooks,
    Pick<
      Row<Portfolio>,
      | 'id'
      | 'params_version'
      | 'total_value'
      | 'consecutive_bullish_count'
      | 'consecutive_bearish_count'
      | 'last_execution_time'
      | 'last_snapshot_at'
      | 'last_snapshot_value'
      | 'kept_at'
    > {
  readonly instance_params: unknown;
  readonly opened_at: Date | null;
  /** Time of the last fill, null before the first. Absent unless {@link Details.lastTrade} asks for it. */
  readonly last_trade_at?: Date | null;
  /** Time of the position's last change of any kind. Absent like `last_trade_at`. */
  readonly position_updated_at?: Date | null;
}

/** Optional columns; each costs time, so a chunk reads only those it needs. */
export interface Details {
  /** Times of the last trade and position change: for decision agents that read them, and on perpetuals. */
  readonly lastTrade: boolean;
  /** Columns of perpetual positions. */
  readonly perpetual: boolean;
}

export type ChunkKey = Pick<Row<RunChunk>, 'run_id' | 'chunk_index'>;

/** Statements of a chunk. Their number does not depend on the number of instances. */
@Injectable()
export class ChunkStore {
  private readonly params = new KnownParams();

  constructor(private readonly database: DataSource) {}

  /**
   * Locks an unfinished chunk. The lock ends with its connection, so the chunk of a dead worker is free at once.
   * @returns its run; null when the chunk is finished or unknown, its run is over, or another worker holds the lock.
   */
  async lock(manager: EntityManager, runId: string, index: number): Promise<(RunContext & ChunkRange) | null> {
    const rows = await manager.query<(RunContext & ChunkRange)[]>(
      `SELECT ${RUN_CONTEXT_COLUMNS}, c.first_portfolio_id, c.last_portfolio_id
       FROM strategy_run_chunks c
       JOIN strategy_runs r ON r.id = c.run_id
       JOIN strategy_definitions d ON d.id = r.definition_id
       WHERE c.run_id = $1 AND c.chunk_index = $2 AND c.finished_at IS NULL AND r.status = 'deciding'
       FOR UPDATE OF c SKIP LOCKED`,
      [runId, index],
    );
    return rows[0] ?? null;
  }

  /**
   * Locks the chunk's active paper instances in the order of their ids, then reads them with their positions. Two
   * statements, because the lock may wait for another run, and only a statement that begins after the wait sees what
   * that run wrote. Skips instances that this run has served already. One more statement reads params that are not
   * cached.
   */
  async instances(manager: EntityManager, task: RunContext & ChunkRange, details: Details): Promise<InstanceRow[]> {
    const locked = await manager.query<{ id: string }[]>(
      `SELECT id FROM portfolios
       WHERE strategy_definition_id = $1 AND is_active = true AND trading_mode = 'paper' AND id BETWEEN $2 AND $3
       ORDER BY id FOR NO KEY UPDATE`,
      [task.definition_id, task.first_portfolio_id, task.last_portfolio_id],
    );
    const rows = await manager.query<StoredRow[]>(
      `SELECT p.id, p.params_version, p.current_balance, p.total_value, p.initial_balance,
         p.peak_value, p.max_drawdown, p.total_trades, p.winning_trades, p.losing_trades,
         p.consecutive_bullish_count, p.consecutive_bearish_count, p.last_execution_time, p.kept_at,
         p.last_snapshot_at, p.last_snapshot_value, s.quantity, s.cost_basis, s.average_entry_price, s.opened_at
         ${details.lastTrade ? LAST_TRADE : ''}${details.perpetual ? PERPETUAL : ''}
       FROM portfolios p
       LEFT JOIN positions s ON s.portfolio_id = p.id AND s.symbol = $2
       WHERE p.id = ANY ($1::uuid[])
         AND NOT EXISTS (SELECT 1 FROM strategy_executions e
           WHERE e.run_id = $3 AND e.portfolio_id = p.id AND e.portfolio_id BETWEEN $4 AND $5)
       ORDER BY p.id`,
      [locked.map((row) => row.id), task.trade_symbol, task.id, task.first_portfolio_id, task.last_portfolio_id],
    );
    return this.withParams(manager, rows);
  }

  private async withParams(manager: EntityManager, rows: readonly StoredRow[]): Promise<InstanceRow[]> {
    // Read the cached params first: adding new ones may clear the cache.
    const known = rows.map((row) => this.params.get(row));
    const missing = rows.filter((_, index) => known[index] === undefined);
    const read = new Map<string, unknown>();
    if (missing.length > 0) {
      const texts = await manager.query<(ParamsKey & { params_text: string })[]>(
        `SELECT id, params_version, instance_params::text AS params_text FROM portfolios WHERE id = ANY ($1::uuid[])`,
        [missing.map((row) => row.id)],
      );
      for (const row of texts) read.set(row.id, this.params.add(row, row.params_text));
    }
    const paramsOf = (row: StoredRow, index: number): unknown =>
      known[index] === undefined ? read.get(row.id) : known[index];
    return rows.map((row, index) => Object.assign(row, { instance_params: paramsOf(row, index) }));
  }

  /** Unfinished chunks of runs created before `before`, locked or not. */
  async findOpen(before: Date): Promise<ChunkKey[]> {
    return this.database.query<ChunkKey[]>(
      `SELECT c.run_id, c.chunk_index FROM strategy_runs r JOIN strategy_run_chunks c ON c.run_id = r.id
       WHERE r.finished_at IS NULL AND r.status = 'deciding' AND r.created_at <= $1 AND c.finished_at IS NULL
       ORDER BY r.created_at, c.chunk_index LIMIT 10000`,
      [before],
    );
  }

  /** The unfinished chunks among `keys` that no worker has locked. */
  async findFree(keys: readonly ChunkKey[]): Promise<ChunkKey[]> {
    return this.database.query<ChunkKey[]>(
      `SELECT run_id, chunk_index FROM strategy_run_chunks
       WHERE (run_id, chunk_index) IN (SELECT * FROM unnest($1::uuid[], $2::integer[])) AND finished_at IS NULL
       FOR UPDATE SKIP LOCKED`,
      [keys.map((key) => key.run_id), keys.map((key) => key.chunk_index)],
    );
  }

  /**
   * Counts a failed attempt. Call it outside the transaction that failed, which is rolled back. @returns the number of
   * failed attempts.
   */
  async countFailure(manager: EntityManager, runId: string, index: number): Promise<number> {
    const [rows] = await manager.query<[{ attempts: number }[], number]>(
      `UPDATE strategy_run_chunks SET attempts = attempts + 1 WHERE run_id = $1 AND chunk_index = $2 AND finished_at IS NULL
       RETURNING attempts`,
      [runId, index],
    );
    return rows[0]?.attempts ?? 0;
  }

  /** Marks the chunk as finished; it is never served again. */
  async finish(manager: EntityManager, runId: string, index: number, now: Date): Promise<void> {
    await manager.update(RunChunk, { run_id: runId, chunk_index: index }, { finished_at: now });
  }
}

/** Ids begin with their time, so the highest id is the newest trade. */
const LAST_TRADE = `, s.updated_at AS position_updated_at,
         (SELECT t.executed_at FROM trades t WHERE t.portfolio_id = p.id ORDER BY t.id DESC LIMIT 1) AS last_trade_at`;
const PERPETUAL = `, s.side, s.entry_notional, s.margin, s.leverage`;

type StoredRow = Omit<InstanceRow, 'instance_params'>;

/** First and last instance id of a chunk, both included. */
export type ChunkRange = Pick<Row<RunChunk>, 'first_portfolio_id' | 'last_portfolio_id'>;
