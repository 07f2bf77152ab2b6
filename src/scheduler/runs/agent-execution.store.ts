import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { AnalysisOutputs } from '../../domain/analysis/analysis.js';
import type { AgentOutcome } from '../../business-agents/agent-outcome.js';
import type { MarketSnapshot } from '../../domain/market/market-snapshot.js';
import type { BulkColumn } from '../../platform/database/bulk-column.js';
import { arrays, unnest } from '../../platform/database/bulk-values.js';

import type { RunContext } from './run-context.js';
import type { RunClaim } from './run.store.js';

/** A stored analysis, as decisions and answers need it. */
export interface StoredAnalysis {
  readonly agent_name: string;
  readonly status: AgentOutcome['status'];
  readonly score: number | null;
  readonly outputs: AnalysisOutputs | null;
}

type Row = AgentOutcome & { readonly run_id: string; readonly created_at: Date };

const COLUMNS: readonly BulkColumn<Row>[] = [
  { name: 'run_id', type: 'uuid', value: (row) => row.run_id },
  { name: 'agent_name', type: 'text', value: (row) => row.agent_name },
  { name: 'status', type: 'text', value: (row) => row.status },
  { name: 'score', type: 'float8', value: (row) => row.score },
  { name: 'signal', type: 'text', value: (row) => row.signal },
  { name: 'confidence', type: 'float8', value: (row) => row.confidence },
  { name: 'reasoning', type: 'text', value: (row) => row.reasoning },
  { name: 'details', type: 'jsonb', value: (row) => row.details },
  { name: 'mode', type: 'text', value: (row) => row.mode },
  { name: 'degraded', type: 'boolean', value: (row) => row.degraded },
  { name: 'llm_call_id', type: 'uuid', value: (row) => row.llm?.callId ?? null },
  { name: 'llm_provider', type: 'text', value: (row) => row.llm?.provider ?? null },
  { name: 'llm_model', type: 'text', value: (row) => row.llm?.model ?? null },
  { name: 'llm_tokens', type: 'integer', value: (row) => row.llm?.tokens ?? null },
  { name: 'llm_cost', type: 'numeric', value: (row) => row.llm?.cost ?? null },
  { name: 'error', type: 'jsonb', value: (row) => row.error },
  { name: 'duration_ms', type: 'integer', value: (row) => Math.round(row.duration_ms) },
  { name: 'created_at', type: 'timestamptz', value: (row) => row.created_at },
];

const NAMES = COLUMNS.map((column) => column.name).join(', ');

/** The statements on agent executions. */
@Injectable()
export class AgentExecutionStore {
  constructor(private readonly database: DataSource) {}

  /** Stores what the agents said. What an agent has said in this run before stays. */
  async keep(manager: EntityManager, runId: string, outcomes: readonly AgentOutcome[], now: Date): Promise<void> {
    const rows = outcomes.map((outcome) => ({ ...outcome, run_id: runId, created_at: now }));
    await manager.query(
      `INSERT INTO agent_executions (${NAMES}) SELECT * FROM ${unnest(COLUMNS)} ON CONFLICT DO NOTHING`,
      arrays(COLUMNS, rows),
    );
  }

  /**
   * Stores what an agent has said, as soon as it is there, and with it what the agent was shown: whoever takes the run
   * over need not ask it again, and shows the others the same. @returns false, and stores nothing, when the run is
   * another worker's by now.
   */
  async storeAtOnce(
    task: RunContext & RunClaim,
    market: MarketSnapshot,
    outcome: AgentOutcome,
    now: Date,
  ): Promise<boolean> {
    const row = { ...outcome, run_id: task.id, created_at: now };
    const rows = await this.database.query<unknown[]>(
      `WITH run AS (
         UPDATE strategy_runs SET market_snapshot = $3, business_agents = $4, decision_agent_class = $5
         WHERE id = $1 AND attempts = $2 AND status = 'analysing' RETURNING id),
       kept AS (
         INSERT INTO agent_executions (${NAMES})
         SELECT said.* FROM run, ${unnest(COLUMNS, 6)} AS said ON CONFLICT DO NOTHING)
       SELECT id FROM run`,
      [
        task.id,
        task.attempts,
        JSON.stringify(market),
        JSON.stringify(task.business_agents),
        task.decision_agent_class,
        ...arrays(COLUMNS, [row]),
      ],
    );
    return rows.length > 0;
  }

  /** What was said in a run so far. */
  async ofRun(runId: string, manager: EntityManager = this.database.manager): Promise<StoredAnalysis[]> {
    return manager.query(
      `SELECT agent_name, status, score, details->'outputs' AS outputs FROM agent_executions WHERE run_id = $1`,
      [runId],
    );
  }
}
