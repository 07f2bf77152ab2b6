import { ApiProperty } from '@nestjs/swagger';

const EXAMPLE_RUN = '019a9c2e-7c00-7000-8000-000000000001';

/** How many instances a run had, and what became of them. */
export class RunCountersView {
  @ApiProperty({ description: 'Instances served.', type: 'integer', example: 25 })
  instances!: number;

  @ApiProperty({ description: 'Instances that traded.', type: 'integer', example: 3 })
  executed!: number;

  @ApiProperty({ description: 'Instances that decided not to trade, or could not.', type: 'integer', example: 22 })
  held!: number;

  @ApiProperty({
    description: 'Instances whose part failed; each has an execution that says why.',
    type: 'integer',
    example: 0,
  })
  failed!: number;
}

/** What a business agent said in a run. */
export class AnalysisView {
  @ApiProperty({ example: 'macro' })
  agent_name!: string;

  @ApiProperty({ enum: ['success', 'unavailable', 'failed', 'timeout'], example: 'success' })
  status!: string;

  @ApiProperty({
    description: '-100 (bearish) to 100 (bullish); null unless status is success.',
    type: Number,
    nullable: true,
    example: 34.5,
  })
  score!: number | null;

  @ApiProperty({ type: String, nullable: true, example: 'BULLISH' })
  signal!: string | null;

  @ApiProperty({
    description: '0..1: weights of the factors present / all weights.',
    type: Number,
    nullable: true,
    example: 0.85,
  })
  confidence!: number | null;

  @ApiProperty({ type: String, nullable: true, example: 'Fear and greed is 62 (source get_fear_greed).' })
  reasoning!: string | null;

  @ApiProperty({
    description:
      'Factors with value, source, observed_at, weight and contribution; and those that were absent, with why.',
    type: 'object',
    additionalProperties: true,
    example: { factors: [{ name: 'fear_greed', value: 62, weight: 0.25, contribution: 0.06 }], absent: [] },
  })
  details!: unknown;

  @ApiProperty({ enum: ['rules', 'llm'], example: 'rules' })
  mode!: string;

  @ApiProperty({
    description: 'The language model was asked and did not deliver: this is the result of the rules.',
    example: false,
  })
  degraded!: boolean;

  @ApiProperty({
    description: 'Code and message when status is failed or timeout.',
    type: 'object',
    additionalProperties: true,
    nullable: true,
    example: null,
  })
  error!: unknown;

  @ApiProperty({ type: 'integer', example: 12 })
  duration_ms!: number;
}

/** One tick of one definition. */
export class RunView {
  @ApiProperty({ format: 'uuid', example: EXAMPLE_RUN })
  id!: string;

  @ApiProperty({ type: 'integer', example: 1 })
  strategy_definition_id!: number;

  @ApiProperty({ description: 'Version of the definition that the run was made from.', type: 'integer', example: 1 })
  definition_version!: number;

  @ApiProperty({ format: 'date-time', example: '2026-01-15T12:00:00.000Z' })
  scheduled_for!: string;

  @ApiProperty({ enum: ['schedule', 'manual'], example: 'schedule' })
  trigger!: string;

  @ApiProperty({
    description:
      'degraded: finished, but an agent did not deliver or an instance failed. skipped: nothing ran at this time.',
    enum: ['queued', 'analysing', 'deciding', 'completed', 'degraded', 'failed', 'skipped'],
    example: 'completed',
  })
  status!: string;

  @ApiProperty({
    description:
      'What the run knew of the market: price, 24-hour change, fear and greed, dollar index, each with source and time.',
    type: 'object',
    additionalProperties: true,
    nullable: true,
    example: {
      market: 'simulated',
      symbol: 'BTC',
      price: { value: '65000', source: 'simulated', observed_at: '2026-01-15T12:00:00.000Z' },
    },
  })
  market_snapshot!: unknown;

  @ApiProperty({ type: RunCountersView })
  counters!: RunCountersView;

  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true, example: null })
  error!: unknown;

  @ApiProperty({ format: 'date-time', type: String, nullable: true, example: '2026-01-15T12:00:00.412Z' })
  started_at!: string | null;

  @ApiProperty({ format: 'date-time', type: String, nullable: true, example: '2026-01-15T12:00:00.655Z' })
  finished_at!: string | null;

  @ApiProperty({ type: [AnalysisView] })
  analyses!: AnalysisView[];
}
