import { ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';

export class EvaluationAnalysis {
  @ApiProperty({ description: '-100 (bearish) .. 100 (bullish); beyond that it is clamped.', example: 45 })
  score!: number;

  @ApiPropertyOptional({ description: 'Of `regime_filter`: 0 (bad for longs) .. 100.', minimum: 0, maximum: 100 })
  regime_score?: number;

  @ApiPropertyOptional({ description: 'Of `ta_momentum`: the direction.', enum: ['LONG', 'SHORT', 'NEUTRAL'] })
  signal?: string;

  @ApiPropertyOptional({ description: 'Of `ta_momentum`.', minimum: 0, maximum: 1 })
  strength?: number;

  @ApiPropertyOptional({ description: 'Of `ta_momentum`.', minimum: 0, maximum: 1 })
  confidence?: number;

  @ApiPropertyOptional({ description: 'Of `ta_momentum`: average true range, in quote currency, above 0.' })
  atr?: number;

  @ApiPropertyOptional({
    description: 'Of `ta_momentum`: distance of the stop in average true ranges; left out or null: the params say.',
    type: Number,
    nullable: true,
  })
  stop_distance_atr?: number | null;
}

export class EvaluationMarket {
  @ApiProperty({
    description: 'Above 0, in quote currency; a decimal string or a number.',
    oneOf: [{ type: 'string' }, { type: 'number' }],
    example: '65000',
  })
  price!: string | number;

  @ApiPropertyOptional({
    description: 'Percent; absent when null or left out.',
    type: Number,
    nullable: true,
    minimum: -100,
    example: 2.5,
  })
  change_24h_percent?: number | null;

  @ApiPropertyOptional({
    description: 'Fear and greed index; absent when null or left out.',
    type: Number,
    nullable: true,
    minimum: 0,
    maximum: 100,
    example: 55,
  })
  fear_greed?: number | null;

  @ApiPropertyOptional({
    description: 'ICE dollar index, above 0, level about 100; absent when null or left out.',
    type: Number,
    nullable: true,
    example: 104,
  })
  dxy?: number | null;
}

const AMOUNT = { oneOf: [{ type: 'string' }, { type: 'number' }] };

export class EvaluationPortfolio {
  @ApiPropertyOptional({ ...AMOUNT, description: 'Quote currency, 0 or more; 10000 when left out.', example: '7000' })
  cash?: string | number;

  @ApiPropertyOptional({
    ...AMOUNT,
    description: 'Base units, 0 or more; 0 when left out.',
    example: '0.046153846153846153',
  })
  quantity?: string | number;

  @ApiPropertyOptional({
    ...AMOUNT,
    description: 'Quote currency, 0 or more; cash + quantity * price when left out.',
    example: '10000',
  })
  total_value?: string | number;

  @ApiPropertyOptional({
    description: 'Side of what is held; long when left out and the quantity is above 0.',
    enum: ['long', 'short'],
    type: String,
    nullable: true,
    example: 'long',
  })
  position_side?: 'long' | 'short' | null;

  @ApiPropertyOptional({
    description: 'Minutes since the last fill; no fill yet when null or left out.',
    type: Number,
    nullable: true,
    minimum: 0,
    example: 90,
  })
  minutes_since_last_trade?: number | null;
}

export class EvaluationChannel {
  @ApiPropertyOptional({ description: 'Whether short positions are possible; true when left out.', example: true })
  can_short?: boolean;

  @ApiPropertyOptional({ description: 'Maximum leverage; 50 when left out.', minimum: 1, maximum: 50, example: 40 })
  max_leverage?: number;

  @ApiPropertyOptional({
    description: 'Fee of a market order, as a fraction of its notional; 0 when left out.',
    minimum: 0,
    maximum: 1,
    example: 0.00045,
  })
  taker_fee_rate?: number;

  @ApiPropertyOptional({
    description: 'Basis points by which a market order fills worse than the price; 0 when left out.',
    minimum: 0,
    maximum: 1000,
    example: 5,
  })
  slippage_bps?: number;

  @ApiPropertyOptional({
    description:
      'Fraction of the notional below which a position is liquidated. Null: nothing is liquidated. Left out: half the margin at the highest leverage, and null without leverage.',
    type: Number,
    nullable: true,
    minimum: 0,
    maximum: 1,
    example: 0.0125,
  })
  maintenance_margin_rate?: number | null;
}

export class EvaluationState {
  @ApiPropertyOptional({
    description: '0 when left out.',
    type: 'integer',
    minimum: 0,
    maximum: 2147483647,
    example: 0,
  })
  consecutive_bullish_count?: number;

  @ApiPropertyOptional({
    description: '0 when left out.',
    type: 'integer',
    minimum: 0,
    maximum: 2147483647,
    example: 0,
  })
  consecutive_bearish_count?: number;
}

/** Documents the body; `readEvaluation` reads and validates it together with the params. */
@ApiExtraModels(EvaluationAnalysis)
export class EvaluateBody {
  @ApiProperty({
    description: "Business agent -> its analysis. The agents are the decision agent's own; one left out has no output.",
    type: 'object',
    additionalProperties: { $ref: getSchemaPath(EvaluationAnalysis) },
    example: { macro: { score: 45 }, onchain: { score: 60 }, ta: { score: -20 } },
  })
  analyses!: Record<string, EvaluationAnalysis>;

  @ApiProperty({ description: 'Market values.' })
  market!: EvaluationMarket;

  @ApiPropertyOptional({
    description: "Merged over the decision agent's default params, key by key.",
    type: 'object',
    additionalProperties: true,
    example: { buy_threshold: 55 },
  })
  params?: Record<string, unknown>;

  @ApiPropertyOptional({ description: 'Capabilities of the channel.' })
  channel?: EvaluationChannel;

  @ApiPropertyOptional({ description: 'The portfolio before the decision.' })
  portfolio?: EvaluationPortfolio;

  @ApiPropertyOptional({ description: 'The counters before the decision.' })
  state?: EvaluationState;
}
