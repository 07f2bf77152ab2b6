import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { publicConviction } from '../public-figures.js';
import type { VisibilityLevel } from '../visibility.js';
import type { AnalysisRow, ExecutionDetailRow, ExecutionRow } from './execution.store.js';
import type { OrderRow, TradeRow } from './trade.store.js';
import { OrderView, toOrderView, toPublicOrderView } from './trade.view.js';

const TIME = '2026-01-01T12:00:00.000Z';
const REASONS_EXAMPLE = [{ code: 'buy_signal', conviction: 61.5, buy_threshold: 55 }];

export class ErrorView {
  @ApiProperty({ description: 'Stable snake_case code.', example: 'invalid_params' })
  code!: string;

  @ApiProperty({ description: 'What went wrong.', example: 'The params do not fit the decision agent any more.' })
  message!: string;
}

/** One decision of an instance. Fields that may be missing give params away: they are for traders and admins. */
export class ExecutionView {
  @ApiProperty({ description: 'Id.', example: '0199b2b4-5a3c-7f6e-9d57-0a4b6a1d1f10', format: 'uuid' })
  id!: string;

  @ApiProperty({
    description: 'Run that it belongs to.',
    example: '0199b2b4-5a3c-7f6e-9d57-0a4b6a1d1f11',
    format: 'uuid',
  })
  run_id!: string;

  @ApiProperty({ description: 'Outcome.', enum: ['completed', 'failed', 'skipped'], example: 'completed' })
  status!: string;

  @ApiProperty({
    description: '0..100, 50 is neutral; null when nothing was decided.',
    example: 61.5,
    type: Number,
    nullable: true,
  })
  conviction_score!: number | null;

  @ApiProperty({ description: 'BUY, SELL or HOLD.', example: 'BUY', type: String, nullable: true })
  signal!: string | null;

  @ApiProperty({ description: 'LOW, MEDIUM or HIGH.', example: 'LOW', type: String, nullable: true })
  risk_level!: string | null;

  @ApiProperty({ description: 'Whether the signal was to be carried out.', example: true })
  should_execute!: boolean;

  @ApiProperty({
    description: 'Every rule that fired, with its numbers for traders and admins, else by its code alone.',
    example: REASONS_EXAMPLE,
    type: 'array',
    items: { type: 'object', required: ['code'], properties: { code: { type: 'string' } }, additionalProperties: true },
  })
  reasons!: Record<string, unknown>[];

  @ApiPropertyOptional({ description: '0..1.', example: 0.13, type: Number, nullable: true })
  signal_strength?: number | null;

  @ApiPropertyOptional({
    description: 'BUY: fraction of the total value; SELL: of the holding.',
    example: 0.00239,
    type: Number,
    nullable: true,
  })
  position_size?: number | null;

  @ApiPropertyOptional({ description: 'Conviction points missing to a BUY.', example: 0, type: Number, nullable: true })
  distance_to_buy?: number | null;

  @ApiPropertyOptional({
    description: 'Conviction points above the first SELL.',
    example: 11.5,
    type: Number,
    nullable: true,
  })
  distance_to_sell?: number | null;

  @ApiPropertyOptional({ description: 'Version of the params that were used.', example: 1, type: 'integer' })
  params_version?: number;

  @ApiProperty({ description: 'Why it failed; null unless it failed.', example: null, type: ErrorView, nullable: true })
  error!: ErrorView | null;

  @ApiProperty({ description: 'Time of the decision.', example: TIME, format: 'date-time' })
  executed_at!: string;
}

/** What a business agent said in the run; the same for all instances of the definition. */
export class AnalysisView {
  @ApiProperty({ description: 'Business agent.', example: 'macro' })
  agent_name!: string;

  @ApiProperty({ description: 'Outcome.', enum: ['success', 'unavailable', 'failed', 'timeout'], example: 'success' })
  status!: string;

  @ApiProperty({
    description: '-100 (bearish) to 100 (bullish); null unless status is success.',
    example: 45,
    type: Number,
    nullable: true,
  })
  score!: number | null;

  @ApiProperty({ description: 'BULLISH, BEARISH or NEUTRAL.', example: 'BULLISH', type: String, nullable: true })
  signal!: string | null;

  @ApiProperty({
    description: '0..1: share of the factors with data.',
    example: 0.9,
    type: Number,
    nullable: true,
  })
  confidence!: number | null;

  @ApiProperty({ description: 'Reasoning in words.', example: 'The mood rises.', type: String, nullable: true })
  reasoning!: string | null;

  @ApiProperty({
    description:
      'Factors with value, source, observed_at, weight and contribution; and those that were absent, with why. With mode ' +
      'llm also what the rules said, what was answered and which limits took effect.',
    type: 'object',
    additionalProperties: true,
    example: { factors: [{ name: 'fear_greed', value: 62, weight: 0.25, contribution: 0.06 }], absent: [] },
  })
  details!: Record<string, unknown>;

  @ApiProperty({
    description: 'Who judged: the rules, or a language model that reviewed them.',
    enum: ['rules', 'llm'],
    example: 'rules',
  })
  mode!: string;

  @ApiProperty({
    description:
      'A language model should have reviewed it and did not deliver. This is the result of the rules; see error.',
    example: false,
  })
  degraded!: boolean;

  @ApiProperty({
    description: 'Why there is no analysis, or why it is degraded (llm_...).',
    example: null,
    type: ErrorView,
    nullable: true,
  })
  error!: ErrorView | null;

  @ApiProperty({ description: 'Milliseconds it took.', example: 3, type: 'integer' })
  duration_ms!: number;
}

/** One decision in full: with it, it can be computed again. */
export class ExecutionDetailView extends ExecutionView {
  @ApiProperty({ description: 'Scheduled time of the run.', example: TIME, format: 'date-time' })
  scheduled_for!: string;

  @ApiPropertyOptional({
    description: 'Params that were used.',
    type: 'object',
    additionalProperties: true,
    nullable: true,
    example: { buy_threshold: 55 },
  })
  params?: Record<string, unknown> | null;

  @ApiPropertyOptional({
    description: 'Counters and portfolio before the decision.',
    type: 'object',
    additionalProperties: true,
    example: { consecutive_bullish_count: 0 },
  })
  state_before?: Record<string, unknown>;

  @ApiProperty({ description: 'Microseconds the decision took.', example: 80, type: 'integer' })
  duration_us!: number;

  @ApiProperty({
    description: 'Market values of the run.',
    type: 'object',
    additionalProperties: true,
    nullable: true,
    example: { market: 'simulated', symbol: 'BTC' },
  })
  market_snapshot!: Record<string, unknown> | null;

  @ApiProperty({ description: 'Analyses of the business agents.', type: [AnalysisView] })
  analyses!: AnalysisView[];

  @ApiProperty({ description: 'The resulting order with its fills.', type: OrderView, nullable: true })
  order!: OrderView | null;
}

type Seen = Exclude<VisibilityLevel, 'none'>;

/**
 * A decision as somebody sees it. Conviction together with the strength, the size, a distance or the numbers of
 * a reason is enough to compute thresholds, so all of these count as params.
 */
export function toExecutionView(row: ExecutionRow, visibility: Seen): ExecutionView {
  return {
    id: row.id,
    run_id: row.run_id,
    status: row.status,
    conviction_score: visibility === 'public' ? publicConviction(row.conviction_score) : row.conviction_score,
    signal: row.signal,
    risk_level: row.risk_level,
    should_execute: row.should_execute,
    ...(visibility === 'public' ? publicParts(row) : paramsBoundParts(row)),
    executed_at: row.executed_at.toISOString(),
  };
}

function publicParts(row: ExecutionRow): Pick<ExecutionView, 'reasons' | 'error'> {
  return {
    reasons: row.reasons.map(({ code }) => ({ code })),
    error: row.error === null ? null : { code: row.error.code, message: 'This decision failed.' },
  };
}

function paramsBoundParts(row: ExecutionRow) {
  return {
    reasons: row.reasons.map((reason) => ({ ...reason })),
    error: row.error,
    signal_strength: row.signal_strength,
    position_size: row.position_size,
    distance_to_buy: row.distance_to_buy,
    distance_to_sell: row.distance_to_sell,
    params_version: row.params_version,
  };
}

/** A decision in full. */
export function toExecutionDetailView(
  row: ExecutionDetailRow,
  analyses: readonly AnalysisRow[],
  order: OrderRow | null,
  fills: readonly TradeRow[],
  visibility: Seen,
): ExecutionDetailView {
  return {
    ...toExecutionView(row, visibility),
    scheduled_for: row.scheduled_for.toISOString(),
    ...(visibility === 'public' ? {} : { params: row.params, state_before: row.state_before }),
    duration_us: row.duration_us,
    market_snapshot: row.market_snapshot === null ? null : { ...row.market_snapshot },
    analyses: analyses.map((analysis) => ({ ...analysis })),
    order: order && (visibility === 'public' ? toPublicOrderView(order, fills) : toOrderView(order, fills)),
  };
}
