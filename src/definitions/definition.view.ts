import type { NamedCatalogue } from '../domain/catalogue.js';
import { decisionChannelOf, type DecisionAgent } from '../domain/decision/decision-agent.js';
import { paramsInForce } from '../domain/decision/params-in-force.js';
import type { TradeChannel } from '../trading/channels/trade-channel.js';
import type { DefinitionView } from './definition.dto.js';
import type { DefinitionRow } from './definition.store.js';

/** A definition as it leaves through the interface. */
export function toDefinitionView(
  row: DefinitionRow,
  channels: NamedCatalogue<TradeChannel>,
  decisionAgents: NamedCatalogue<DecisionAgent>,
): DefinitionView {
  const agent = decisionAgents.find(row.decision_agent_class);
  const params = agent && paramsInForce(agent, row.business_agents, row.default_params);
  const channel = channels.find(row.trade_channel);
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
    quote_asset: channel?.quoteAsset ?? null,
    channel: channel?.symbols.includes(row.trade_symbol) ? decisionChannelOf(channel.rulesFor(row.trade_symbol)) : null,
    rebalance_period_minutes: row.rebalance_period_minutes,
    default_params: params?.params ?? row.default_params,
    ignored_params: [...(params?.ignored ?? [])],
    is_active: row.is_active,
    next_run_at: row.is_active ? (row.next_run_at?.toISOString() ?? null) : null,
    version: row.version,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}
