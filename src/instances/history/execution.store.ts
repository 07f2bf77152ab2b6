import { DroppedMonth } from '../../retention/dropped-month.entity.js';
import type { Row } from '../../platform/database/row.js';
import { RETAINED_FROM } from '../../retention/retained-history.store.js';
import { Injectable } from '@nestjs/common';
import { DataSource, LessThanOrEqual, MoreThan } from 'typeorm';
import type { Reason } from '../../domain/decision/decision.js';
import { decodeReasons, decodeState } from './storage-codec.js';
import type { StrategyExecution } from './strategy-execution.entity.js';
import type { MarketSnapshot } from '../../domain/market/market-snapshot.js';
import type { ParamsObject } from '../../domain/params/merge-params.js';
import { Gone, NotFound } from '../../platform/http/problems/app-errors.js';
import { uuidsOfSameTime } from '../../platform/database/uuid.js';

/** What went wrong in an execution or an agent. */
export type StoredError = NonNullable<StrategyExecution['error']>;

type ListedColumns =
  | 'id'
  | 'run_id'
  | 'status'
  | 'conviction_score'
  | 'signal'
  | 'signal_strength'
  | 'position_size'
  | 'risk_level'
  | 'should_execute'
  | 'distance_to_buy'
  | 'distance_to_sell'
  | 'params_version'
  | 'error'
  | 'executed_at';

/** An execution as it is listed. */
export interface ExecutionRow extends Pick<Row<StrategyExecution>, ListedColumns> {
  readonly reasons: readonly Reason[];
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
  readonly duration_us: StrategyExecution['duration_us'];
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

/** A row as it is stored: see StrategyExecution. */
type Short<Shown extends ExecutionRow> = Omit<Shown, 'reasons'> & Pick<Row<StrategyExecution>, 'reasons'>;

const COLUMNS = `e.id, e.run_id, e.status, e.conviction_score, e.signal, e.signal_strength, e.position_size,
  e.risk_level, e.should_execute, e.reasons, e.distance_to_buy, e.distance_to_sell, e.params_version, e.error,
  e.executed_at`;

/** The statements by which executions are shown. */
@Injectable()
export class ExecutionStore {
  constructor(private readonly database: DataSource) {}

  /**
   * Newest first. An instance takes part in the runs of one definition and in no other: the list goes back through these
   * (their ids are ordered by time) and looks each execution up, until there are enough. A run is begun within a week
   * of its making, or never (RunStore.skipIfOutdated), and an instance that was stopped takes part in none from then on:
   * between these bounds there are few runs that it had no part in. An execution's time is its run's start.
   * @param before id of a run.
   */
  async list(
    portfolioId: string,
    filter: ExecutionFilter,
    before: string | null,
    limit: number,
  ): Promise<ExecutionRow[]> {
    const rows = await this.database.query<Short<ExecutionRow>[]>(
      `SELECT ${COLUMNS} FROM strategy_runs r
       JOIN strategy_executions e ON e.run_id = r.id AND e.portfolio_id = $1
       WHERE r.definition_id = (SELECT strategy_definition_id FROM portfolios WHERE id = $1)
         AND r.id >= (SELECT lowest_id_at(greatest(created_at, $6) - interval '8 days') FROM portfolios WHERE id = $1)
         AND r.id >= lowest_id_at(coalesce(${RETAINED_FROM}, '2000-01-01'))
         AND r.id < (SELECT lowest_id_at(coalesce(CASE WHEN NOT is_active THEN updated_at END, '2100-01-01')
           + interval '1 minute') FROM portfolios WHERE id = $1)
         AND ($2::uuid IS NULL OR r.id < $2)
         AND ($4::text IS NULL OR e.signal = $4) AND ($5::text IS NULL OR e.status = $5)
         AND ($6::timestamptz IS NULL OR r.started_at >= $6) AND ($7::timestamptz IS NULL OR r.started_at < $7)
       ORDER BY r.id DESC LIMIT $3`,
      [portfolioId, before, limit, filter.signal, filter.status, filter.from, filter.to],
    );
    return rows.map(withNames);
  }

  /** @throws NotFound; Gone `not_kept` for an id of a month that is not kept any more. */
  async get(portfolioId: string, id: string): Promise<ExecutionDetailRow> {
    const row = await this.find(portfolioId, id);
    if (row) return row;
    const ofMonth = { first_id: LessThanOrEqual(id), end_id: MoreThan(id) };
    const isDropped = await this.database.manager.existsBy(DroppedMonth, ofMonth);
    if (!isDropped) throw new NotFound('execution');
    throw new Gone('not_kept', 'The decisions of that month are no longer kept. Its orders and trades still are.');
  }

  /** An id carries the time of its run: it leads to the run, and with the portfolio to one entry of one month's index. */
  private async find(portfolioId: string, id: string): Promise<ExecutionDetailRow | null> {
    const { lowest, highest } = uuidsOfSameTime(id);
    const [row] = await this.database.query<Short<ExecutionDetailRow>[]>(
      `SELECT ${COLUMNS}, e.state_before, e.duration_us, h.params, r.scheduled_for, r.market_snapshot
       FROM strategy_runs r
       JOIN strategy_executions e ON e.run_id = r.id AND e.portfolio_id = $2
       LEFT JOIN portfolio_params_history h
         ON h.portfolio_id = e.portfolio_id AND h.params_version = e.params_version
       WHERE r.id BETWEEN $3 AND $4 AND e.run_id BETWEEN $3 AND $4 AND e.id = $1
         AND NOT EXISTS (SELECT 1 FROM dropped_months WHERE $1 >= first_id AND $1 < end_id)`,
      [id, portfolioId, lowest, highest],
    );
    if (!row) return null;
    return { ...withNames(row), state_before: decodeState(row.state_before) };
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

/** @throws RangeError for reasons that only a newer version of the program knows. */
function withNames<Stored extends Short<ExecutionRow>>(
  row: Stored,
): Omit<Stored, 'reasons'> & { readonly reasons: readonly Reason[] } {
  return { ...row, reasons: decodeReasons(row.reasons, row.conviction_score) };
}
