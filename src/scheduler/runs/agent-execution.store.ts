import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { AnalysisOutputs } from '../../domain/analysis/analysis.js';
import type { AgentOutcome } from '../../business-agents/agent-outcome.js';
import type { MarketSnapshot } from '../../domain/market/market-snapshot.js';
import { bulkUpsert, bulkValues } from '../../platform/database/bulk-statements.js';
import type { Row } from '../../platform/database/row.js';
import { AgentExecution } from './agent-execution.entity.js';
import type { RunContext } from './run-context.js';
import type { RunClaim } from './run.store.js';

export interface StoredAnalysis extends Pick<Row<AgentExecution>, 'agent_name' | 'status' | 'score'> {
  readonly outputs: AnalysisOutputs | null;
}

@Injectable()
export class AgentExecutionStore {
  constructor(private readonly database: DataSource) {}

  /** Stores analyses. An analysis that this run has already from the same agent stays. */
  async keep(manager: EntityManager, runId: string, outcomes: readonly AgentOutcome[], now: Date): Promise<void> {
    const rows = outcomes.map((outcome) => rowOf(runId, outcome, now));
    await bulkUpsert(manager, AgentExecution, rows, 'DO NOTHING');
  }

  /**
   * Stores an analysis as soon as it is complete, together with the market snapshot. A worker that takes the run over
   * skips this agent and shows the others the same market.
   * @returns false, and stores nothing, when another worker has taken the run.
   */
  async storeAtOnce(
    task: RunContext & RunClaim,
    market: MarketSnapshot,
    outcome: AgentOutcome,
    now: Date,
  ): Promise<boolean> {
    const said = bulkValues(this.database.manager, AgentExecution, [rowOf(task.id, outcome, now)], { first: 6 });
    const rows = await this.database.query<unknown[]>(
      `WITH run AS (
         UPDATE strategy_runs SET market_snapshot = $3, business_agents = $4, decision_agent_class = $5
         WHERE id = $1 AND attempts = $2 AND status = 'analysing' RETURNING id),
       kept AS (
         INSERT INTO agent_executions (${said.names})
         SELECT said.* FROM run, ${said.unnest} AS said ON CONFLICT DO NOTHING)
       SELECT id FROM run`,
      [
        task.id,
        task.attempts,
        JSON.stringify(market),
        JSON.stringify(task.business_agents),
        task.decision_agent_class,
        ...said.parameters,
      ],
    );
    return rows.length > 0;
  }

  /** Analyses of the run so far. */
  async ofRun(runId: string, manager: EntityManager = this.database.manager): Promise<StoredAnalysis[]> {
    return manager.query(
      `SELECT agent_name, status, score, details->'outputs' AS outputs FROM agent_executions WHERE run_id = $1`,
      [runId],
    );
  }
}

function rowOf(runId: string, { llm, ...outcome }: AgentOutcome, now: Date): Row<AgentExecution> {
  return {
    run_id: runId,
    ...outcome,
    llm_call_id: llm?.callId ?? null,
    llm_provider: llm?.provider ?? null,
    llm_model: llm?.model ?? null,
    llm_tokens: llm?.tokens ?? null,
    llm_cost: llm?.cost ?? null,
    duration_ms: Math.round(outcome.duration_ms),
    created_at: now,
  };
}
