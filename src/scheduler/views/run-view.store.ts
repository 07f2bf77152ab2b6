import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { StrategyDefinition } from '../../definitions/strategy-definition.entity.js';
import type { Row } from '../../platform/database/row.js';
import type { StrategyRun } from '../runs/strategy-run.entity.js';
import type { AnalysisView } from '../../instances/history/execution.dto.js';
import type { RunView } from './run.view.js';

interface RunRow extends Pick<
  Row<StrategyRun>,
  | 'id'
  | 'definition_id'
  | 'definition_version'
  | 'scheduled_for'
  | 'trigger'
  | 'status'
  | 'market_snapshot'
  | 'counters'
  | 'error'
  | 'started_at'
  | 'finished_at'
> {
  readonly analyses: AnalysisView[] | null;
}

/** Filter of runs; null: no limit. */
export interface RunFilter {
  readonly status: string | null;
  /** Compared with the scheduled time. */
  readonly from: Date | null;
  /** Exclusive. */
  readonly to: Date | null;
}

const SELECT = `
  SELECT r.id, r.definition_id, r.definition_version, r.scheduled_for, r.trigger, r.status, r.market_snapshot,
    r.counters, r.error, r.started_at, r.finished_at,
    CASE WHEN EXISTS (SELECT 1 FROM dropped_months m WHERE r.id >= m.first_id AND r.id < m.end_id) THEN NULL
    ELSE coalesce((SELECT jsonb_agg(jsonb_build_object('agent_name', a.agent_name, 'status', a.status, 'score', a.score,
        'signal', a.signal, 'confidence', a.confidence, 'reasoning', a.reasoning, 'details', a.details, 'mode', a.mode,
        'degraded', a.degraded, 'error', a.error, 'duration_ms', a.duration_ms) ORDER BY a.agent_name)
      FROM agent_executions a WHERE a.run_id = r.id), '[]') END AS analyses
  FROM strategy_runs r`;

/** Reads runs with their analyses, each list in one statement. */
@Injectable()
export class RunViewStore {
  constructor(private readonly database: DataSource) {}

  async find(id: string): Promise<RunView | null> {
    const rows = await this.database.query<RunRow[]>(`${SELECT} WHERE r.id = $1`, [id]);
    return rows[0] ? toView(rows[0]) : null;
  }

  /** Newest first, those after `cursor` (a run's id; ids are ordered by time). */
  async list(definitionId: number, filter: RunFilter, limit: number, cursor: string | null): Promise<RunView[]> {
    const rows = await this.database.query<RunRow[]>(
      `${SELECT} WHERE r.definition_id = $1 AND ($2::uuid IS NULL OR r.id < $2) AND ($4::text IS NULL OR r.status = $4)
         AND ($5::timestamptz IS NULL OR r.scheduled_for >= $5) AND ($6::timestamptz IS NULL OR r.scheduled_for < $6)
       ORDER BY r.id DESC LIMIT $3`,
      [definitionId, cursor, limit, filter.status, filter.from, filter.to],
    );
    return rows.map(toView);
  }

  async definitionExists(id: number): Promise<boolean> {
    return this.database.manager.existsBy(StrategyDefinition, { id });
  }
}

function toView(row: RunRow): RunView {
  return {
    id: row.id,
    strategy_definition_id: row.definition_id,
    definition_version: row.definition_version,
    scheduled_for: row.scheduled_for.toISOString(),
    trigger: row.trigger,
    status: row.status,
    market_snapshot: row.market_snapshot,
    counters: row.counters,
    error: row.error,
    started_at: row.started_at?.toISOString() ?? null,
    finished_at: row.finished_at?.toISOString() ?? null,
    analyses: row.analyses,
  };
}
