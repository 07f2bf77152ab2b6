import { z } from 'zod';
import type { DecisionAgent } from '../domain/decision/decision-agent.js';
import {
  LARGEST_COUNT,
  LARGEST_OUTPUT,
  type DecisionAnalysis,
  type DecisionChannel,
  type DecisionContext,
  type DecisionPortfolio,
} from '../domain/decision/decision.js';
import { toText, type Money, PLAIN_LIMITS, readMoney } from '../domain/money/decimal.js';
import { mergeParams, type ParamsObject } from '../domain/params/merge-params.js';
import { validateParams, FIELD_WORDS, schemaViolations } from '../domain/params/validate-params.js';
import { holdingValueOf } from '../domain/trading/held-position.js';
import type { Violation, RuleCode } from '../domain/violation.js';
import type { PositionSide } from '../domain/trading/venue-rules.js';

/** Cash of a what-if without a portfolio, in quote currency. */
const DEFAULT_CASH = '10000';

/** A what-if concerns one symbol, whose name does not matter. */
const SYMBOL = 'BTC';

/** The highest leverage of any supported venue; the default of a what-if without a channel. */
const MOST_LEVERAGE = 50;

const LARGEST_SLIPPAGE_BPS = 1000;

const count = z.int().min(0).max(LARGEST_COUNT).default(0);

/** A decimal string or a number, without rounding. */
function amount(inRange: (value: Money) => boolean, range: string) {
  return z.unknown().transform((given, issues): Money => {
    const read = readMoney(given);
    if (read && inRange(read)) return read;
    issues.addIssue({ code: 'custom', params: faultOf(given, read, range) });
    return z.NEVER;
  });
}

function faultOf(given: unknown, read: Money | null, range: string): { code: RuleCode; must: string } {
  if (read) return { code: 'out_of_range', must: `be ${range}` };
  if (typeof given !== 'string' && typeof given !== 'number') {
    return { code: 'wrong_type', must: 'be a decimal string or a number' };
  }
  return { code: 'bad_format', must: `be a decimal string or a number with ${PLAIN_LIMITS}` };
}

const NOT_NEGATIVE = amount((value) => value.gte(0), '0 or more').optional();

/** An output's value; the decision agent decides which are valid. */
const output = z.union([z.number().min(-LARGEST_OUTPUT).max(LARGEST_OUTPUT), z.string().max(100)]).nullish();

function analysisSchema(outputs: readonly string[]) {
  return z.strictObject({ score: z.number(), ...Object.fromEntries(outputs.map((name) => [name, output])) });
}

function evaluationSchema({
  defaultBusinessAgents,
  outputsRead,
}: Pick<DecisionAgent, 'defaultBusinessAgents' | 'outputsRead'>) {
  const analyses = defaultBusinessAgents.map((agent) => [agent, analysisSchema(outputsRead?.[agent] ?? []).optional()]);
  return z.strictObject({
    analyses: z.strictObject(
      Object.fromEntries(analyses) as Record<string, z.ZodOptional<ReturnType<typeof analysisSchema>>>,
    ),
    market: z.strictObject({
      price: amount((value) => value.gt(0), 'above 0'),
      change_24h_percent: z.number().min(-100).nullish(),
      fear_greed: z.number().min(0).max(100).nullish(),
      dxy: z.number().gt(0).nullish(),
    }),
    // Validated by the agent's own schema, after merging over the agent's defaults.
    params: z.unknown().optional(),
    channel: z
      .strictObject({
        can_short: z.boolean().optional(),
        max_leverage: z.number().min(1).max(MOST_LEVERAGE).optional(),
        taker_fee_rate: z.number().min(0).max(1).optional(),
        slippage_bps: z.number().min(0).max(LARGEST_SLIPPAGE_BPS).optional(),
        maintenance_margin_rate: z.number().min(0).max(1).nullish(),
      })
      .optional(),
    portfolio: z
      .strictObject({
        cash: NOT_NEGATIVE,
        quantity: NOT_NEGATIVE,
        total_value: NOT_NEGATIVE,
        position_side: z.enum(['long', 'short']).nullish(),
        minutes_since_last_trade: z.number().min(0).nullish(),
      })
      .optional(),
    state: z.strictObject({ consecutive_bullish_count: count, consecutive_bearish_count: count }).optional(),
  });
}

/**
 * Reads the context of a what-if from a request. The business agents are the decision agent's defaults.
 *
 * Omitted parts: an analysis or a market value is absent; params are the agent's defaults; cash is 10000, the holding
 * 0, total value cash + quantity * price; counters are 0.
 *
 * @param body unvalidated; unknown fields are violations.
 * @returns the context, or every violation of body and params at once with JSON pointers.
 */
export function readEvaluation<Params>(
  agent: DecisionAgent<Params>,
  body: unknown,
):
  | { readonly context: DecisionContext<Params>; readonly violations: readonly [] }
  | { readonly context: null; readonly violations: readonly Violation[] } {
  const businessAgents = agent.defaultBusinessAgents;
  const schema = evaluationSchema(agent);
  const read = schema.safeParse(body);
  const merged = mergeParams(agent.defaultParams as ParamsObject, paramsIn(body), '/params');
  const checked = validateParams(agent.paramsSchema(businessAgents), merged.params, '/params');

  if (!read.success || merged.violations.length > 0 || checked.params === null) {
    const ofBody = read.success ? [] : schemaViolations(schema, body, read.error, FIELD_WORDS);
    return { context: null, violations: [...ofBody, ...merged.violations, ...checked.violations] };
  }
  const { analyses, market, channel, portfolio, state } = read.data;
  const context: DecisionContext<Params> = {
    business_agents: businessAgents,
    analyses: withoutAbsent(analyses),
    market: {
      price: toText(market.price),
      change_24h_percent: market.change_24h_percent ?? null,
      fear_greed: market.fear_greed ?? null,
      dxy: market.dxy ?? null,
    },
    symbol: SYMBOL,
    channel: channelOf(channel ?? {}),
    params: checked.params,
    portfolio: portfolioOf(portfolio ?? {}, market.price),
    state: state ?? { consecutive_bullish_count: 0, consecutive_bearish_count: 0 },
  };
  return { context, violations: [] };
}

/** Defaults: no costs, and Hyperliquid's maintenance margin, which is half the margin at the highest leverage. */
function channelOf(given: {
  readonly can_short?: boolean | undefined;
  readonly max_leverage?: number | undefined;
  readonly taker_fee_rate?: number | undefined;
  readonly slippage_bps?: number | undefined;
  readonly maintenance_margin_rate?: number | null | undefined;
}): Required<DecisionChannel> {
  const { max_leverage = MOST_LEVERAGE, maintenance_margin_rate: rate } = given;
  return {
    can_short: given.can_short ?? true,
    max_leverage,
    taker_fee_rate: given.taker_fee_rate ?? 0,
    slippage_bps: given.slippage_bps ?? 0,
    maintenance_margin_rate: rate === undefined && max_leverage > 1 ? 1 / (2 * max_leverage) : (rate ?? null),
  };
}

function paramsIn(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'params' in body ? body.params : undefined;
}

function withoutAbsent(
  analyses: Readonly<Record<string, DecisionAnalysis | undefined>>,
): Record<string, DecisionAnalysis> {
  const given = Object.entries(analyses).filter((entry): entry is [string, DecisionAnalysis] => entry[1] !== undefined);
  return Object.fromEntries(given);
}

function portfolioOf(
  given: {
    readonly cash?: Money | undefined;
    readonly quantity?: Money | undefined;
    readonly total_value?: Money | undefined;
    readonly position_side?: PositionSide | null | undefined;
    readonly minutes_since_last_trade?: number | null | undefined;
  },
  price: Money,
): DecisionPortfolio {
  const cash = given.cash ?? price.mul(0).add(DEFAULT_CASH);
  const quantity = given.quantity ?? price.mul(0);
  const totalValue = given.total_value ?? cash.add(holdingValueOf(quantity, price));
  // A quantity without a side is a long, as on spot.
  const side = given.position_side ?? (quantity.gt(0) ? 'long' : null);
  return {
    cash: toText(cash),
    quantity: toText(quantity),
    total_value: toText(totalValue),
    open_positions: side === null ? [] : [{ symbol: SYMBOL, side }],
    minutes_since_last_trade: given.minutes_since_last_trade ?? null,
  };
}
