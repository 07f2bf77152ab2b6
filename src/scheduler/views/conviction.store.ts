import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { StrategyDefinition } from '../../definitions/strategy-definition.entity.js';
import type { Row } from '../../platform/database/row.js';
import type { StrategyRun } from '../runs/strategy-run.entity.js';
import type { AnalysisOutcome } from '../../domain/decision/context-maker.js';

/** The current settings of a definition that decide convictions. */
export type DecisionBasisRow = Pick<
  Row<StrategyDefinition>,
  'decision_agent_class' | 'business_agents' | 'trade_channel' | 'trade_symbol' | 'default_params'
>;

/** A finished run with its inputs. */
export interface SeenRow extends Pick<Row<StrategyRun>, 'id' | 'scheduled_for' | 'market_snapshot'> {
  /** Null: deleted by now. */
  readonly analyses: readonly AnalysisOutcome[] | null;
}

/** Filter of runs; null: no limit. */
export interface ConvictionFilter {
  /** Compared with the scheduled time. */
  readonly from: Date | null;
  /** Exclusive. */
  readonly to: Date | null;
  /** Runs before this id; ids are ordered by time. */
  readonly before: string | null;
}

@Injectable()
export class ConvictionStore {
  constructor(private readonly database: DataSource) {}

  /** Null for an unknown definition. */
  async basisOf(definitionId: number): Promise<DecisionBasisRow | null> {
    return this.database.manager.findOneBy(StrategyDefinition, { id: definitionId });
  }

  /** Finished runs, newest first. */
  async list(definitionId: number, { from, to, before }: ConvictionFilter, limit: number): Promise<SeenRow[]> {
    return this.database.query(
      `SELECT r.id, r.scheduled_for, r.market_snapshot,
         CASE WHEN EXISTS (SELECT 1 FROM dropped_months m WHERE r.id >= m.first_id AND r.id < m.end_id) THEN NULL
         ELSE coalesce((SELECT jsonb_agg(jsonb_build_object('agent_name', a.agent_name, 'status', a.status,
             'score', a.score, 'outputs', a.details->'outputs')) FROM agent_executions a WHERE a.run_id = r.id), '[]')
         END AS analyses
       FROM strategy_runs r
       WHERE r.definition_id = $1 AND ($2::uuid IS NULL OR r.id < $2) AND r.finished_at IS NOT NULL
         AND ($4::timestamptz IS NULL OR r.scheduled_for >= $4) AND ($5::timestamptz IS NULL OR r.scheduled_for < $5)
       ORDER BY r.id DESC LIMIT $3`,
      [definitionId, before, limit, from, to],
    );
  }
}
