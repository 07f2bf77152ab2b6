import type { MarketSnapshot } from '../../domain/market/market-snapshot.js';

/** What a worker must know of a run and its definition. */
export interface RunContext {
  readonly id: string;
  readonly definition_id: number;
  readonly definition_name: string;
  readonly business_agents: readonly string[];
  readonly decision_agent_class: string;
  readonly trade_channel: string;
  readonly trade_symbol: string;
  readonly scheduled_for: Date;
  readonly started_at: Date;
  readonly market_snapshot: MarketSnapshot | null;
  /** Basis points; null until the instances have been divided. */
  readonly slippage_bps: number | null;
}

/**
 * The columns of a {@link RunContext}, of `strategy_runs r` and `strategy_definitions d`. A run of which something is kept
 * keeps its agents, whatever the definition has become meanwhile.
 */
export const RUN_CONTEXT_COLUMNS = `r.id, r.definition_id, d.name AS definition_name,
  coalesce(r.business_agents, d.business_agents) AS business_agents,
  coalesce(r.decision_agent_class, d.decision_agent_class) AS decision_agent_class,
  d.trade_channel, d.trade_symbol, r.scheduled_for, r.started_at, r.market_snapshot, r.slippage_bps`;

/** Fields by which the log tells runs apart. */
export function logFieldsOf(task: Pick<RunContext, 'id' | 'definition_id' | 'definition_name'>): {
  run_id: string;
  definition: string;
  definition_id: number;
} {
  return { run_id: task.id, definition: task.definition_name, definition_id: task.definition_id };
}
