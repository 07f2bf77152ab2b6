import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { callAsOf } from '../../business-agents/llm/llm-call.store.js';
import type { AbsentFactor, Factor } from '../../domain/analysis/analysis.js';
import type { MarketSnapshot } from '../../domain/market/market-snapshot.js';
import { lowestUuidv7 } from '../../platform/database/uuid.js';

/** Failures that are listed at most; their number is told beside them. */
const FAILURES_LISTED = 100;

export interface DefinitionStateRow {
  readonly id: number;
  readonly name: string;
  readonly display_name: string;
  readonly is_active: boolean;
  readonly rebalance_period_minutes: number;
  readonly next_run_at: Date | null;
  /** Of the last scheduled run that was not skipped; null before the first. */
  readonly run_id: string | null;
  readonly scheduled_for: Date | null;
  readonly started_at: Date | null;
  readonly status: string | null;
}

/** What the last run of a definition saw. */
export interface LastLookRow {
  readonly run_id: string;
  readonly market_snapshot: MarketSnapshot;
  readonly agent_name: string | null;
  readonly factors: readonly Factor[] | null;
  readonly absent: readonly AbsentFactor[] | null;
}

/** An outside API with what the processes noted of it; null where it was never asked. */
export interface ApiStateRow {
  readonly api_name: string;
  readonly is_active: boolean;
  readonly is_paused: boolean;
  readonly paused_until: Date | null;
  readonly last_success_at: Date | null;
  readonly last_failure_at: Date | null;
  readonly last_failure: { readonly code: string; readonly message: string } | null;
  readonly failures_in_row: number | null;
  readonly clock_skew_seconds: number | null;
}

/** An agent whose LLM mode is on, with what its questions of a day came to. */
export interface LanguageModelRow {
  readonly agent: string;
  readonly model: string;
  readonly daily_budget: string;
  readonly spent_today: string;
  readonly questions_today: number;
  readonly failed_today: number;
  readonly last_failure: { readonly code: string; readonly detail: string } | null;
}

export interface FailureRow {
  readonly run_id: string;
  readonly definition_id: number;
  readonly definition_name: string;
  readonly scheduled_for: Date;
  readonly created_at: Date;
  readonly finished_at: Date | null;
  readonly status: string;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly failed_instances: number;
  /** Agents that did not deliver. */
  readonly missing_agents: readonly string[];
  /** Agents whose language model did not deliver. */
  readonly degraded_agents: readonly string[];
  /** How many failures there are, listed or not. */
  readonly total: number;
}

/** The statements by which an operator looks at the system. */
@Injectable()
export class SystemStore {
  constructor(private readonly database: DataSource) {}

  async definitions(): Promise<DefinitionStateRow[]> {
    return this.database.query(
      `SELECT d.id, d.name, d.display_name, d.is_active, d.rebalance_period_minutes, d.next_run_at,
         last.id AS run_id, last.scheduled_for, last.started_at, last.status
       FROM strategy_definitions d
       LEFT JOIN LATERAL (
         SELECT r.id, r.scheduled_for, r.started_at, r.status FROM strategy_runs r
         WHERE r.definition_id = d.id AND r.trigger = 'schedule' AND r.status <> 'skipped'
         ORDER BY r.scheduled_for DESC LIMIT 1
       ) last ON true
       ORDER BY d.id`,
    );
  }

  /** One row an agent, for the last run of every active definition that got as far as the market. */
  async lastLooks(): Promise<LastLookRow[]> {
    return this.database.query(
      `SELECT last.id AS run_id, last.market_snapshot, a.agent_name, a.details->'factors' AS factors,
         a.details->'absent' AS absent
       FROM strategy_definitions d
       JOIN LATERAL (
         SELECT r.id, r.market_snapshot FROM strategy_runs r
         WHERE r.definition_id = d.id AND r.market_snapshot IS NOT NULL ORDER BY r.scheduled_for DESC LIMIT 1
       ) last ON true
       LEFT JOIN agent_executions a ON a.run_id = last.id
       WHERE d.is_active
       ORDER BY d.id, a.agent_name`,
    );
  }

  /** Every API of the registry, by name. */
  async apis(): Promise<ApiStateRow[]> {
    return this.database.query(
      `SELECT c.api_name, c.is_active, coalesce(s.paused_until > clock_timestamp(), false) AS is_paused, s.paused_until,
         s.last_success_at, s.last_failure_at, s.last_failure, s.failures_in_row, s.clock_skew_seconds
       FROM api_config c LEFT JOIN api_states s ON s.api_name = c.api_name ORDER BY c.api_name`,
    );
  }

  /** Every agent whose LLM mode is on, by name. @param now whose day (UTC) it is. */
  async languageModels(now: Date): Promise<LanguageModelRow[]> {
    const day = now.toISOString().slice(0, 10);
    const asOf = callAsOf('l', '$3');
    return this.database.query(
      `SELECT a.agent_name AS agent, a.llm_model AS model, a.llm_daily_budget AS daily_budget,
         coalesce(s.spent, 0) AS spent_today, c.questions AS questions_today, c.failed AS failed_today,
         c.last_failure
       FROM agent_registry a
       LEFT JOIN llm_spending s ON s.agent_name = a.agent_name AND s.day = $1
       CROSS JOIN LATERAL (
         SELECT count(*)::integer AS questions, (count(*) FILTER (WHERE status = 'failed'))::integer AS failed,
           (array_agg(error ORDER BY id DESC) FILTER (WHERE status = 'failed'))[1] AS last_failure
         FROM (
           SELECT l.id, ${asOf.status} AS status, ${asOf.error} AS error FROM llm_calls l
           WHERE l.agent_name = a.agent_name AND l.id >= $2
         ) today
       ) c
       WHERE a.llm_enabled ORDER BY a.agent_name`,
      [day, lowestUuidv7(Date.parse(day)), now],
    );
  }

  /**
   * Runs that failed or were degraded and were made since, and runs that were made before and are not finished;
   * newest first.
   */
  async failures(failedSince: Date, unfinishedBefore: Date): Promise<FailureRow[]> {
    return this.database.query(
      `SELECT r.id AS run_id, r.definition_id, d.name AS definition_name, r.scheduled_for, r.created_at, r.finished_at,
         r.status, r.error, coalesce((r.counters->>'failed')::integer, 0) AS failed_instances,
         (SELECT coalesce(jsonb_agg(a.agent_name ORDER BY a.agent_name), '[]') FROM agent_executions a
          WHERE a.run_id = r.id AND a.status <> 'success') AS missing_agents,
         (SELECT coalesce(jsonb_agg(a.agent_name ORDER BY a.agent_name), '[]') FROM agent_executions a
          WHERE a.run_id = r.id AND a.degraded) AS degraded_agents,
         count(*) OVER ()::integer AS total
       FROM (
         SELECT id FROM strategy_runs WHERE id >= $1 AND status IN ('failed', 'degraded')
         UNION SELECT id FROM strategy_runs WHERE finished_at IS NULL AND created_at < $2
       ) found
       JOIN strategy_runs r ON r.id = found.id
       JOIN strategy_definitions d ON d.id = r.definition_id
       ORDER BY r.id DESC LIMIT ${FAILURES_LISTED}`,
      [lowestUuidv7(failedSince.getTime()), unfinishedBefore],
    );
  }

  async versions(): Promise<{ postgresql: string; schema: string | null }> {
    const [row] = await this.database.query<{ postgresql: string; schema: string | null }[]>(
      `SELECT current_setting('server_version') AS postgresql,
         (SELECT name FROM migrations ORDER BY timestamp DESC, id DESC LIMIT 1) AS schema`,
    );
    return row!;
  }
}
