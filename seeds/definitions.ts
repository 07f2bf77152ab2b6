import type { EntityManager } from 'typeorm';
import { DECISION_AGENT_LIST } from '../src/decision-agents/decision-agent-list.js';

/** The built-in templates. Changes by an admin survive. */
export const DEFINITIONS = [
  {
    name: 'multi_agent_btc_v1',
    display_name: 'Multi-Agent BTC',
    description:
      'Buys bitcoin when macro, on-chain and technical agents agree, in small steps that grow with conviction; ' +
      'sells in part or whole as conviction fades. A circuit breaker holds in extreme markets.',
    decision_agent: 'MultiAgentConvictionDecision',
    trade_channel: 'binance_spot',
    trade_symbol: 'BTC',
    rebalance_period_minutes: 10,
  },
  {
    name: 'multi_agent_eth_v1',
    display_name: 'Multi-Agent ETH',
    description: 'The same rules as Multi-Agent BTC, on ether, once an hour.',
    decision_agent: 'MultiAgentConvictionDecision',
    trade_channel: 'binance_spot',
    trade_symbol: 'ETH',
    rebalance_period_minutes: 60,
  },
  {
    name: 'momentum_regime_btc_v1',
    display_name: 'Momentum Regime BTC',
    description:
      'Follows the momentum of bitcoin, long or short, on perpetuals. The regime scales risk, leverage and target; every ' +
      'position has a stop, a target and a time after which it is closed.',
    decision_agent: 'MomentumRegimeDecision',
    trade_channel: 'hyperliquid_perp',
    trade_symbol: 'BTC',
    rebalance_period_minutes: 30,
  },
] as const;

/** Adds missing templates, and corrects the module path of decision agents in all templates. Idempotent. */
export async function seedDefinitions(manager: EntityManager): Promise<void> {
  for (const { decision_agent, ...definition } of DEFINITIONS) {
    const agent = DECISION_AGENT_LIST.find((candidate) => candidate.name === decision_agent);
    if (!agent) throw new Error(`The seeded definition ${definition.name} names an unknown decision agent.`);
    await manager.query(
      `INSERT INTO strategy_definitions (name, display_name, description, decision_agent_module, decision_agent_class,
         business_agents, trade_channel, trade_symbol, rebalance_period_minutes, default_params)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (name) DO NOTHING`,
      [
        definition.name,
        definition.display_name,
        definition.description,
        agent.module,
        agent.name,
        JSON.stringify(agent.defaultBusinessAgents),
        definition.trade_channel,
        definition.trade_symbol,
        definition.rebalance_period_minutes,
        JSON.stringify(agent.defaultParams),
      ],
    );
  }
  for (const { name, module } of DECISION_AGENT_LIST) {
    await manager.query(
      `UPDATE strategy_definitions SET decision_agent_module = $2
       WHERE decision_agent_class = $1 AND decision_agent_module <> $2`,
      [name, module],
    );
  }
}
