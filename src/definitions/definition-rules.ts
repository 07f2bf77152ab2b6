import type { NamedCatalogue } from '../domain/catalogue.js';
import type { DecisionAgent } from '../domain/decision/decision-agent.js';
import type { MarketSourceName } from '../domain/market/market-snapshot.js';
import type { Violation } from '../domain/violation.js';
import type { TradeChannel } from '../trading/channels/trade-channel.js';
import { unknownName } from './unknown-name.js';

/** What a definition can be made of. */
export interface KnownCatalogues {
  readonly decisionAgents: NamedCatalogue<DecisionAgent>;
  readonly channels: NamedCatalogue<TradeChannel>;
  /** Business agents of the registry: name -> switched on. */
  readonly agentSwitches: ReadonlyMap<string, boolean>;
  /** Where the prices come from, and whether they can come from there at all. */
  readonly market: MarketSourceName;
  readonly hasMarket: (symbol: string, channel: string) => boolean;
}

/**
 * Violations of the pair that names a decision agent. Both are compared as text; nothing is ever loaded by them.
 * Here and below a value that is missing has been refused already, and what depends on it is not asked.
 */
export function checkDecisionAgent(
  className: string | undefined,
  moduleName: string | undefined,
  parts: KnownCatalogues,
): Violation[] {
  if (className === undefined) return [];
  const agent = parts.decisionAgents.find(className);
  if (!agent) {
    return [unknownName('/decision_agent_class', 'decision agent', className, parts.decisionAgents.names())];
  }
  if (moduleName === undefined || agent.module === moduleName) return [];
  const message = `${agent.name} is of the module ${agent.module}.`;
  return [{ pointer: '/decision_agent_module', code: 'wrong_module', message }];
}

/**
 * Violations of the list of business agents: every one known, switched on and named once, and the list one
 * that the decision agent (null: unknown, then not asked) can work with.
 */
export function checkBusinessAgents(
  names: readonly string[] | undefined,
  decisionAgent: DecisionAgent | null,
  parts: KnownCatalogues,
): Violation[] {
  if (names === undefined) return [];
  const violations = names.flatMap((name, index) => checkBusinessAgent(name, index, names, parts.agentSwitches));
  if (violations.length > 0 || !decisionAgent) return violations;
  return decisionAgent
    .acceptsBusinessAgents(names)
    .map((message) => ({ pointer: '/business_agents', code: 'unsupported_agents', message }));
}

function checkBusinessAgent(
  name: string,
  index: number,
  names: readonly string[],
  switches: ReadonlyMap<string, boolean>,
): Violation[] {
  const pointer = `/business_agents/${index}`;
  const isActive = switches.get(name);
  if (isActive === undefined) return [unknownName(pointer, 'business agent', name, [...switches.keys()])];
  if (names.indexOf(name) < index) {
    return [{ pointer, code: 'duplicate_agent', message: `"${name}" is named twice.` }];
  }
  if (isActive) return [];
  return [{ pointer, code: 'inactive_agent', message: `The business agent "${name}" is switched off.` }];
}

/** Violations of where a definition trades. */
export function checkMarket(
  channelName: string | undefined,
  symbol: string | undefined,
  parts: KnownCatalogues,
): Violation[] {
  if (channelName === undefined) return [];
  const channel = parts.channels.find(channelName);
  if (!channel) return [unknownName('/trade_channel', 'trade channel', channelName, parts.channels.names())];
  if (symbol === undefined) return [];
  if (channel.symbols.includes(symbol)) return checkPrices(symbol, channel, parts);
  return [unknownName('/trade_symbol', 'symbol', symbol, channel.symbols, `on ${channel.name}`)];
}

/** Without a price every run would fail. */
function checkPrices(symbol: string, channel: TradeChannel, { market, hasMarket }: KnownCatalogues): Violation[] {
  if (hasMarket(symbol, channel.name)) return [];
  const message = `The ${market} market has no prices of ${symbol} on ${channel.name}: every run would fail.`;
  return [{ pointer: '/trade_symbol', code: 'no_prices', message }];
}
