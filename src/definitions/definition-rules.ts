import { isDeepStrictEqual } from 'node:util';
import { Inject, Injectable } from '@nestjs/common';
import { type NamedCatalogue, UnknownNameError } from '../domain/catalogue.js';
import { type DecisionAgent, DECISION_AGENTS, paramsInForce } from '../domain/decision/decision-agent.js';
import type { MarketSourceName } from '../domain/market/market-snapshot.js';
import { mergeParams, type ParamsObject } from '../domain/params/merge-params.js';
import { validateParams, type ValidatedParams } from '../domain/params/validate-params.js';
import type { Violation, ViolationCode } from '../domain/violation.js';
import { MarketDataService } from '../market-data/market-data.service.js';
import { RegistryService } from '../registry/registry.service.js';
import { type TradeChannel, TRADE_CHANNELS } from '../trading/channels/trade-channel.js';

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
  const message = `${agent.name} belongs to the module ${agent.module}.`;
  const values = { module: agent.module };
  return [{ pointer: '/decision_agent_module', code: 'wrong_module', message, values }];
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
    return [{ pointer, code: 'duplicate_agent', message: `"${name}" is listed twice.`, values: { name } }];
  }
  if (isActive) return [];
  return [
    { pointer, code: 'inactive_agent', message: `The business agent "${name}" is switched off.`, values: { name } },
  ];
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
  const message = `The ${market} market has no prices for ${symbol} on ${channel.name}, so every run would fail.`;
  const values = { symbol, channel: channel.name };
  return [{ pointer: '/trade_symbol', code: 'no_prices', message, values }];
}

/** What can be named -> the code for naming one that does not exist. */
const CODES = {
  'strategy definition': 'unknown_strategy_definition',
  'decision agent': 'unknown_decision_agent',
  'business agent': 'unknown_business_agent',
  'trade channel': 'unknown_trade_channel',
  symbol: 'unknown_symbol',
} as const satisfies Record<string, ViolationCode>;

/**
 * The violation of naming something that does not exist: code `unknown_<kind>`, and a message with what was
 * asked for (cut to 100 characters) and what there is.
 * @param where stands between the kind and the name, for example `on binance_spot`.
 */
export function unknownName(
  pointer: string,
  kind: keyof typeof CODES,
  wanted: string,
  known: readonly string[],
  where = '',
): Violation {
  const described = where === '' ? kind : `${kind} ${where}`;
  const { message } = new UnknownNameError(described, wanted, known);
  const values = { name: wanted.slice(0, 100), known: known.join(', ') || '–' };
  return { pointer, code: CODES[kind], message, values };
}

/** Gathers what a definition can be made of at this moment. */
@Injectable()
export class DefinitionCatalogues {
  constructor(
    @Inject(DECISION_AGENTS) readonly decisionAgents: NamedCatalogue<DecisionAgent>,
    @Inject(TRADE_CHANNELS) readonly channels: NamedCatalogue<TradeChannel>,
    private readonly registry: RegistryService,
    private readonly market: MarketDataService,
  ) {}

  /** One statement: the switches of the registry. Call it before a transaction begins, not within. */
  async load(): Promise<KnownCatalogues> {
    const { agents } = await this.registry.switches();
    return {
      decisionAgents: this.decisionAgents,
      channels: this.channels,
      agentSwitches: agents,
      market: this.market.market,
      hasMarket: (symbol, channel) => this.market.hasMarket(symbol, channel),
    };
  }
}

/** Params that are complete and valid, or everything that is wrong with them. */
export type CheckedParams = ValidatedParams<ParamsObject>;

/**
 * Checks complete params of a decision agent for a definition with these business agents.
 * @param pointer where the params stand in the document, for example `/default_params`.
 */
export function checkParams(
  params: unknown,
  decisionAgent: DecisionAgent,
  businessAgents: readonly string[],
  pointer: string,
): CheckedParams {
  return validateParams(decisionAgent.paramsSchema(businessAgents), params, pointer) as CheckedParams;
}

/**
 * Checks params that nobody sent: those that count when the caller leaves them out. Where they do not go with the
 * business agents, the caller is not told what is wrong with them, but that complete ones are needed.
 */
export function checkUnsentParams(
  params: unknown,
  decisionAgent: DecisionAgent,
  businessAgents: readonly string[],
  pointer: string,
): CheckedParams {
  const checked = checkParams(params, decisionAgent, businessAgents, pointer);
  if (checked.params) return checked;
  const name = pointer.slice(1);
  const message = `Send ${name} with weights for ${businessAgents.join(', ')}, and all other params.`;
  return { params: null, violations: [{ pointer, code: 'required', message }] };
}

/**
 * Params with some of their values replaced, key by key and into nested objects, checked as a whole.
 * Unknown keys and wrong values are reported together.
 * @param stored what they are laid over, as {@link paramsInForce} reads it.
 */
export function mergeAndCheckParams(
  stored: ParamsObject,
  given: unknown,
  decisionAgent: DecisionAgent,
  businessAgents: readonly string[],
  pointer: string,
): CheckedParams {
  const { params: base } = paramsInForce(decisionAgent, businessAgents, stored);
  const merged = mergeParams(base, given, pointer);
  const checked = checkParams(merged.params, decisionAgent, businessAgents, pointer);
  if (merged.violations.length === 0) return checked;
  return { params: null, violations: [...merged.violations, ...checked.violations] };
}

/**
 * The same, for params that are to take the place of the stored ones. Where they mean what the stored ones mean already,
 * those stay, whatever else they hold: nothing is changed.
 */
export function changeParams(
  stored: ParamsObject,
  given: unknown,
  decisionAgent: DecisionAgent,
  businessAgents: readonly string[],
  pointer: string,
): CheckedParams {
  const changed = mergeAndCheckParams(stored, given, decisionAgent, businessAgents, pointer);
  const present = paramsInForce(decisionAgent, businessAgents, stored).checked.params;
  if (!changed.params || !isDeepStrictEqual(changed.params, present)) return changed;
  return { params: stored, violations: [] };
}
