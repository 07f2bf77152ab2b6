import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { RunTask } from '../runs/run.store.js';

/** An instance as a chunk reads it: one row, position included. Numerics are decimal strings. */
export interface InstanceRow {
  readonly id: string;
  readonly instance_params: unknown;
  readonly params_version: number;
  readonly current_balance: string;
  readonly total_value: string;
  readonly initial_balance: string;
  readonly peak_value: string;
  readonly max_drawdown: number;
  readonly total_trades: number;
  readonly winning_trades: number;
  readonly losing_trades: number;
  readonly consecutive_bullish_count: number;
  readonly consecutive_bearish_count: number;
  readonly last_snapshot_at: Date | null;
  readonly quantity: string | null;
  readonly cost_basis: string | null;
  readonly average_entry_price: string | null;
  readonly opened_at: Date | null;
}

/** The statements by which a chunk reads; their number does not depend on the number of instances. */
@Injectable()
export class ChunkStore {
  /** Locks an unfinished chunk. @returns its run, or null when the chunk is finished or unknown. */
  async lock(manager: EntityManager, runId: string, index: number): Promise<(RunTask & ChunkRange) | null> {
    const rows = await manager.query<(RunTask & ChunkRange)[]>(
      `SELECT r.id, r.definition_id, d.name AS definition_name, d.business_agents, d.decision_agent_class,
         d.trade_channel, d.trade_symbol, r.scheduled_for, r.started_at, r.market_snapshot,
         c.first_portfolio_id, c.last_portfolio_id
       FROM strategy_run_chunks c
       JOIN strategy_runs r ON r.id = c.run_id
       JOIN strategy_definitions d ON d.id = r.definition_id
       WHERE c.run_id = $1 AND c.chunk_index = $2 AND c.finished_at IS NULL
       FOR UPDATE OF c`,
      [runId, index],
    );
    return rows[0] ?? null;
  }

  /**
   * Locks and reads the chunk's active instances, in the order of their ids (so that two chunks can never
   * wait for each other). Instances that this run has served already are left out.
   */
  async instances(manager: EntityManager, task: RunTask & ChunkRange): Promise<InstanceRow[]> {
    return manager.query(
      `SELECT p.id, p.instance_params, p.params_version, p.current_balance, p.total_value, p.initial_balance,
         p.peak_value, p.max_drawdown, p.total_trades, p.winning_trades, p.losing_trades,
         p.consecutive_bullish_count, p.consecutive_bearish_count, p.last_snapshot_at,
         s.quantity, s.cost_basis, s.average_entry_price, s.opened_at
       FROM portfolios p
       LEFT JOIN positions s ON s.portfolio_id = p.id AND s.symbol = $4
       WHERE p.strategy_definition_id = $1 AND p.is_active = true AND p.id BETWEEN $2 AND $3
         AND NOT EXISTS (SELECT 1 FROM strategy_executions e WHERE e.run_id = $5 AND e.portfolio_id = p.id)
       ORDER BY p.id
       FOR UPDATE OF p`,
      [task.definition_id, task.first_portfolio_id, task.last_portfolio_id, task.trade_symbol, task.id],
    );
  }

  /** Marks the chunk as finished: from now on it is never worked on again. */
  async finish(manager: EntityManager, runId: string, index: number, now: Date): Promise<void> {
    await manager.query(`UPDATE strategy_run_chunks SET finished_at = $3 WHERE run_id = $1 AND chunk_index = $2`, [
      runId,
      index,
      now,
    ]);
  }
}

/** The ids between which a chunk's instances lie, both included. */
export interface ChunkRange {
  readonly first_portfolio_id: string;
  readonly last_portfolio_id: string;
}
