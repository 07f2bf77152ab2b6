import type { StrategyDefinition } from '../../definitions/strategy-definition.entity.js';
import type { Row } from '../../platform/database/row.js';
import type { StrategyRun } from './strategy-run.entity.js';

/** What a worker must know of a run and its definition. */
export interface RunContext
  extends
    Pick<Row<StrategyRun>, 'id' | 'definition_id' | 'scheduled_for' | 'market_snapshot' | 'slippage_bps'>,
    Pick<Row<StrategyDefinition>, 'trade_channel' | 'trade_symbol'> {
  readonly definition_name: string;
  readonly business_agents: readonly string[];
  readonly decision_agent_class: string;
  readonly started_at: Date;
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
