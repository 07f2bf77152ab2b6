import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Reason } from '../../domain/decision/decision.js';
import type { MarketSnapshot } from '../../domain/market/market-snapshot.js';
import type { ParamsObject } from '../../domain/params/merge-params.js';

/** What went wrong in an execution or an agent. */
export interface StoredError {
  readonly code: string;
  readonly message: string;
}

export interface ExecutionRow {
  readonly id: string;
  readonly run_id: string;
  readonly status: 'completed' | 'failed' | 'skipped';
  readonly conviction_score: number | null;
  readonly signal: string | null;
  readonly signal_strength: number | null;
  readonly position_size: number | null;
  readonly risk_level: string | null;
  readonly should_execute: boolean;
  readonly reasons: readonly Reason[];
  readonly distance_to_buy: number | null;
  readonly distance_to_sell: number | null;
  readonly params_version: number;
  readonly error: StoredError | null;
  readonly executed_at: Date;
}

/** Which executions to list; null lets everything through. */
export interface ExecutionFilter {
  readonly signal: string | null;
  readonly status: string | null;
  readonly from: Date | null;
  /** Not included. */
  readonly to: Date | null;
}

/** An execution with what its run shared and the params that it used. */
export interface ExecutionDetailRow extends ExecutionRow {
  readonly state_before: Readonly<Record<string, unknown>>;
  readonly duration_us: number;
  /** Null: that version was never written, which an invariant forbids. */
  readonly params: ParamsObject | null;
  readonly scheduled_for: Date;
  readonly market_snapshot: MarketSnapshot | null;
}

export interface AnalysisRow {
  readonly agent_name: string;
  readonly status: string;
  readonly score: number | null;
  readonly signal: string | null;
  readonly confidence: number | null;
  readonly reasoning: string | null;
  readonly details: Readonly<Record<string, unknown>>;
  readonly mode: string;
  readonly degraded: boolean;
  readonly error: StoredError | null;
  readonly duration_ms: number;
}

const COLUMNS = `e.id, e.run_id, e.status, e.conviction_score, e.signal, e.signal_strength, e.position_size,
  e.risk_level, e.should_execute, e.reasons, e.distance_to_buy, e.distance_to_sell, e.params_version, e.error,
  e.executed_at`;

/** The statements by which executions are shown. */
@Injectable()
export class ExecutionStore {
  constructor(private readonly database: DataSource) {}

  /** Newest first; ids are ordered by time. */
  async list(
    portfolioId: string,
    filter: ExecutionFilter,
    before: string | null,
    limit: number,
  ): Promise<ExecutionRow[]> {
    return this.database.query(
      `SELECT ${COLUMNS} FROM strategy_executions e
       WHERE e.portfolio_id = $1 AND ($2::uuid IS NULL OR e.id < $2)
         AND ($4::text IS NULL OR e.signal = $4) AND ($5::text IS NULL OR e.status = $5)
         AND ($6::timestamptz IS NULL OR e.executed_at >= $6) AND ($7::timestamptz IS NULL OR e.executed_at < $7)
       ORDER BY e.id DESC LIMIT $3`,
      [portfolioId, before, limit, filter.signal, filter.status, filter.from, filter.to],
    );
  }

  async find(portfolioId: string, id: string): Promise<ExecutionDetailRow | null> {
    const rows = await this.database.query<ExecutionDetailRow[]>(
      `SELECT ${COLUMNS}, e.state_before, e.duration_us, h.params, r.scheduled_for, r.market_snapshot
       FROM strategy_executions e
       JOIN strategy_runs r ON r.id = e.run_id
       LEFT JOIN portfolio_params_history h
         ON h.portfolio_id = e.portfolio_id AND h.params_version = e.params_version
       WHERE e.id = $1 AND e.portfolio_id = $2`,
      [id, portfolioId],
    );
    return rows[0] ?? null;
  }

  /** What the business agents said in a run. */
  async analysesOf(runId: string): Promise<AnalysisRow[]> {
    return this.database.query(
      `SELECT agent_name, status, score, signal, confidence, reasoning, details, mode, degraded, error, duration_ms
       FROM agent_executions WHERE run_id = $1 ORDER BY agent_name`,
      [runId],
    );
  }
}
