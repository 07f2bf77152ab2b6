import { unknownName, mergeAndCheckParams, type CheckedParams } from '../definitions/definition-rules.js';
import type { NamedCatalogue } from '../domain/catalogue.js';
import type { DecisionAgent } from '../domain/decision/decision-agent.js';
import { Money, toText } from '../domain/money/decimal.js';
import type { ParamsObject } from '../domain/params/merge-params.js';
import { type Values, type Violation, missing, violationOf, type RuleCode } from '../domain/violation.js';
import type { DefinitionRow } from '../definitions/definition.store.js';
import { pendingViolations } from '../platform/http/input/validation.js';
import type { TradeChannel } from '../trading/channels/trade-channel.js';
import type { TradingMode } from './portfolios/portfolio.store.js';
import type { CreateInstanceBody } from './create-instance.dto.js';

export const LIVE_TRADING_DISABLED = 'live_trading_disabled';

/** What a new instance is checked against. */
export interface Offer {
  /** The definition that was asked for; null: there is none. */
  readonly definition: DefinitionRow | null;
  /** `id (name)` of the definitions that can be used. */
  readonly knownDefinitions: readonly string[];
  readonly decisionAgents: NamedCatalogue<DecisionAgent>;
  readonly channels: NamedCatalogue<TradeChannel>;
}

/** The checked values of a new instance. */
export interface NewInstance {
  readonly definition: DefinitionRow;
  readonly initialBalance: string;
  readonly tradingMode: TradingMode;
  readonly params: ParamsObject;
  readonly quoteAsset: string;
}

export type CheckedInstance =
  | { readonly instance: NewInstance; readonly violations: readonly [] }
  | { readonly instance: null; readonly violations: readonly Violation[] };

/** Checks everything about a new instance at once; without a definition its params cannot be judged. */
export function newInstanceOf(body: CreateInstanceBody, offer: Offer): CheckedInstance {
  const { definition } = offer;
  const channel = definition === null ? null : offer.channels.find(definition.trade_channel);
  const mode = body.trading_mode ?? 'paper';
  const balance = checkInitialBalance(body.initial_balance);
  const params = paramsOf(body, offer);
  const refused = pendingViolations(body);
  const violations = [
    ...refused,
    ...checkDefinition(body, offer),
    ...(balance.violation && !refused.some(({ pointer }) => pointer === balance.violation.pointer)
      ? [balance.violation]
      : []),
    ...checkTradingMode(mode, channel),
    ...params.violations,
  ];
  if (violations.length > 0 || !definition || !channel || balance.amount === null || !params.params) {
    return { instance: null, violations };
  }
  return {
    instance: {
      definition,
      initialBalance: balance.amount,
      tradingMode: mode as TradingMode,
      params: params.params,
      quoteAsset: channel.quoteAsset,
    },
    violations: [],
  };
}

function checkDefinition(body: Partial<CreateInstanceBody>, offer: Offer): Violation[] {
  const pointer = '/strategy_definition_id';
  const { definition } = offer;
  const id = body.strategy_definition_id;
  // Refused already.
  if (id === undefined) return [];
  if (!definition) return [unknownName(pointer, 'strategy definition', String(id), offer.knownDefinitions)];
  if (!definition.is_active) {
    const others = offer.knownDefinitions.join(', ') || 'none';
    const message = `The strategy definition ${id} (${definition.name}) is switched off. Choose one of: ${others}.`;
    return [{ pointer, code: 'inactive_strategy_definition', message, values: { name: definition.name } }];
  }
  // Definitions outlive the code: what one names may be gone.
  const { decision_agent_class: decisionAgent, trade_channel: channel } = definition;
  const violations: Violation[] = [];
  if (!offer.decisionAgents.find(decisionAgent)) {
    violations.push(unknownName(pointer, 'decision agent', decisionAgent, offer.decisionAgents.names()));
  }
  if (!offer.channels.find(channel)) {
    violations.push(unknownName(pointer, 'trade channel', channel, offer.channels.names()));
  }
  return violations;
}

function checkTradingMode(mode: string, channel: TradeChannel | null): Violation[] {
  const pointer = '/trading_mode';
  if (mode === 'live' && !channel?.modes.includes('live')) {
    return [{ pointer, code: LIVE_TRADING_DISABLED, message: 'Live trading is not available yet. Use "paper".' }];
  }
  if (!channel || channel.modes.includes(mode as TradingMode)) return [];
  const known = channel.modes.join(', ');
  const message = `${channel.name} supports these modes: ${known}.`;
  return [{ pointer, code: 'unsupported_trading_mode', message, values: { known } }];
}

function paramsOf(body: CreateInstanceBody, offer: Offer): CheckedParams {
  const { definition } = offer;
  const decisionAgent = definition && offer.decisionAgents.find(definition.decision_agent_class);
  if (!definition || !decisionAgent) return { params: null, violations: [] };
  const { default_params: defaults, business_agents: agents } = definition;
  return mergeAndCheckParams(defaults, body.instance_params, decisionAgent, agents, '/instance_params');
}

/** In quote currency. */
const LARGEST_INITIAL_BALANCE = '1000000000000';
/** Places after the point that venues know; more would be lost in the first order. */
const MONEY_INPUT_PLACES = 8;

const DECIMAL = /^[+-]?\d{1,40}(\.\d{1,40})?$/;
const POINTER = '/initial_balance';

type CheckedBalance =
  | { readonly amount: string; readonly violation: null }
  | { readonly amount: null; readonly violation: Violation };

/**
 * Reads an initial balance: a decimal string or a JSON number, above 0, at most 10^12, with at most 8 decimal
 * places. A number is taken as JavaScript writes it, so `0.1` is exactly 0.1.
 * @returns the amount in plain notation, or what is wrong with it.
 */
export function checkInitialBalance(given: unknown): CheckedBalance {
  const amount = amountOf(given);
  if (amount === null) return { amount: null, violation: notAnAmount(given) };
  if (!amount.gt(0) || amount.gt(LARGEST_INITIAL_BALANCE)) {
    return wrong('out_of_range', `be above 0 and at most ${LARGEST_INITIAL_BALANCE}`, {
      above: 0,
      maximum: String(LARGEST_INITIAL_BALANCE),
    });
  }
  if (amount.decimalPlaces() > MONEY_INPUT_PLACES) {
    return wrong('bad_format', `have at most ${MONEY_INPUT_PLACES} decimal places`);
  }
  return { amount: toText(amount), violation: null };
}

function amountOf(given: unknown): Money | null {
  if (typeof given === 'number') return Number.isFinite(given) ? new Money(given) : null;
  if (typeof given === 'string') return DECIMAL.test(given) ? new Money(given) : null;
  return null;
}

function notAnAmount(given: unknown): Violation {
  if (given === undefined) return missing(POINTER);
  const code = typeof given === 'string' ? 'bad_format' : 'wrong_type';
  return violationOf(POINTER, code, 'be a decimal string or a number, such as "10000" or 10000');
}

function wrong(code: RuleCode, must: string, values?: Values): CheckedBalance {
  return { amount: null, violation: violationOf(POINTER, code, must, values) };
}
