import type { StrategyDefinition } from '../../definitions/strategy-definition.entity.js';
import type { Row } from '../../platform/database/row.js';
import type { StrategyRun } from './strategy-run.entity.js';

export interface RunContext
  extends
    Pick<Row<StrategyRun>, 'id' | 'definition_id' | 'scheduled_for' | 'market_snapshot' | 'slippage_bps'>,
    Pick<Row<StrategyDefinition>, 'trade_channel' | 'trade_symbol'> {
  readonly definition_name: string;
  readonly business_agents: readonly string[];
  readonly decision_agent_class: string;
  readonly started_at: Date;
}

/** Log fields that identify a run. */
export function logFieldsOf(task: Pick<RunContext, 'id' | 'definition_id' | 'definition_name'>): {
  run_id: string;
  definition: string;
  definition_id: number;
} {
  return { run_id: task.id, definition: task.definition_name, definition_id: task.definition_id };
}
