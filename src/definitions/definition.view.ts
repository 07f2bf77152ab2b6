import type { DefinitionView } from './definition.dto.js';
import type { DefinitionRow } from './definition.store.js';

/** A definition as it leaves through the interface. */
export function toDefinitionView(row: DefinitionRow): DefinitionView {
  return {
    id: row.id,
    name: row.name,
    display_name: row.display_name,
    description: row.description,
    decision_agent_module: row.decision_agent_module,
    decision_agent_class: row.decision_agent_class,
    business_agents: [...row.business_agents],
    trade_channel: row.trade_channel,
    trade_symbol: row.trade_symbol,
    rebalance_period_minutes: row.rebalance_period_minutes,
    default_params: row.default_params,
    is_active: row.is_active,
    next_run_at: row.is_active ? (row.next_run_at?.toISOString() ?? null) : null,
    version: row.version,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}
