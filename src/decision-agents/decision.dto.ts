import { ApiProperty } from '@nestjs/swagger';

export class InstanceStateView {
  @ApiProperty({ description: 'Bullish decisions in a row.', type: 'integer', minimum: 0, example: 0 })
  consecutive_bullish_count!: number;

  @ApiProperty({ description: 'Bearish decisions in a row.', type: 'integer', minimum: 0, example: 0 })
  consecutive_bearish_count!: number;
}

/** A rule that fired: its code and its numbers. */
const REASON = {
  type: 'object',
  required: ['code'],
  properties: { code: { type: 'string', description: 'Stable, snake_case.', example: 'buy_signal' } },
  additionalProperties: true,
};

export class EntryView {
  @ApiProperty({ description: 'A BUY opens a long, a SELL a short.', enum: ['long', 'short'], example: 'long' })
  side!: string;

  @ApiProperty({ description: 'Base units, before the steps of the venue.', example: '0.123' })
  quantity!: string;

  @ApiProperty({ description: 'Notional / margin; 1 where the channel has none.', example: '3' })
  leverage!: string;

  @ApiProperty({ description: 'Stop loss price.', example: '63000' })
  stop_loss!: string;

  @ApiProperty({
    description: 'Take profit price; null: none.',
    type: String,
    nullable: true,
    example: '69000',
  })
  take_profit!: string | null;

  @ApiProperty({ description: 'One R: distance of entry and stop, by which the stop trails.', example: '2000' })
  stop_distance!: string;

  @ApiProperty({ description: 'Hours after which a time stop closes the position.', example: 24 })
  hold_hours!: number;
}

export class DecisionView {
  @ApiProperty({
    description: '0..100, 50 neutral; null when no decision could be taken.',
    type: Number,
    nullable: true,
    example: 69,
  })
  conviction_score!: number | null;

  @ApiProperty({ description: 'Sum of score * weight.', type: Number, nullable: true, example: 38 })
  weighted_score!: number | null;

  @ApiProperty({ description: "Product of the market's risk factors.", type: Number, nullable: true, example: 1 })
  risk_factor!: number | null;

  @ApiProperty({
    description: 'Business agent -> score * weight.',
    type: 'object',
    additionalProperties: { type: 'number' },
    example: { macro: 18, onchain: 24, ta: -4 },
  })
  contributions!: Record<string, number>;

  @ApiProperty({ description: 'Signal.', enum: ['BUY', 'SELL', 'HOLD'], example: 'BUY' })
  signal!: string;

  @ApiProperty({ description: '0 or more; 1 is full strength.', example: 0.28 })
  signal_strength!: number;

  @ApiProperty({
    description: 'BUY: fraction of total value. SELL: fraction of the holding. HOLD: 0. With an entry: its margin.',
    example: 0.00284,
  })
  position_size!: number;

  @ApiProperty({
    description: 'The position to open; null for an agent that decides a fraction alone.',
    type: EntryView,
    nullable: true,
    example: null,
  })
  entry!: EntryView | null;

  @ApiProperty({
    description: 'Risk of the market and of the conviction.',
    enum: ['LOW', 'MEDIUM', 'HIGH'],
    example: 'LOW',
  })
  risk_level!: string;

  @ApiProperty({ description: 'Whether the signal would be carried out.', example: true })
  should_execute!: boolean;

  @ApiProperty({
    description: 'Every rule that fired, with its numbers.',
    type: 'array',
    items: REASON,
    example: [{ code: 'buy_signal', conviction: 69, threshold: 55, strength: 0.28, size: 0.00284 }],
  })
  reasons!: Record<string, unknown>[];

  @ApiProperty({
    description: 'Conviction points missing to a BUY, 0 when reached.',
    type: Number,
    nullable: true,
    example: 0,
  })
  distance_to_buy!: number | null;

  @ApiProperty({
    description: 'Conviction points above the first SELL, 0 when reached.',
    type: Number,
    nullable: true,
    example: 19,
  })
  distance_to_sell!: number | null;

  @ApiProperty({ description: 'The counters after the decision.' })
  next_state!: InstanceStateView;
}
