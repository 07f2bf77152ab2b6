import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString, MaxLength } from 'class-validator';
import { QueryInt, QueryTime } from '../platform/http/input/query-values.js';
import type { CandleInterval } from '../market-data/market-data-source.js';

export const CANDLE_INTERVALS = ['15m', '1h'] as const satisfies readonly CandleInterval[];
/** As many as the venues answer to one question. */
export const MOST_CANDLES = 999;

export class CandlesQuery {
  @ApiProperty({ description: 'The base asset.', type: String, maxLength: 20, example: 'BTC' })
  @IsString()
  @MaxLength(20)
  symbol!: string;

  @ApiProperty({
    description: 'Trade channel whose venue is used.',
    type: String,
    maxLength: 100,
    example: 'binance_spot',
  })
  @IsString()
  @MaxLength(100)
  channel!: string;

  @ApiProperty({ description: 'Length of a candle.', enum: CANDLE_INTERVALS, example: '1h' })
  @IsIn(CANDLE_INTERVALS)
  interval!: CandleInterval;

  @QueryTime('Only candles that opened at this time or later.')
  from?: Date;

  @QueryTime('Only candles that opened before this time.')
  to?: Date;

  @ApiPropertyOptional({
    description: 'Maximum number of candles; the latest are returned.',
    type: 'integer',
    minimum: 1,
    maximum: MOST_CANDLES,
    default: 200,
  })
  @QueryInt(1, MOST_CANDLES)
  limit: number = 200;
}

/** A candle that has closed; prices in dollars, as decimal strings. */
export class CandleView {
  @ApiProperty({ description: 'Opening time.', format: 'date-time', example: '2026-01-31T12:00:00.000Z' })
  opened_at!: string;

  @ApiProperty({ description: 'First price.', example: '65000' })
  open!: string;

  @ApiProperty({ description: 'Highest price.', example: '65210.5' })
  high!: string;

  @ApiProperty({ description: 'Lowest price.', example: '64890.1' })
  low!: string;

  @ApiProperty({ description: 'Last price.', example: '65100' })
  close!: string;

  @ApiProperty({ description: 'Volume in the base asset.', example: '12.5' })
  volume!: string;
}

/** Candles, and which market they are of. */
export class CandlesView {
  @ApiProperty({ description: 'Where the prices come from.', enum: ['simulated', 'replay', 'live'] })
  market!: 'simulated' | 'replay' | 'live';

  @ApiProperty({ description: 'Oldest first, without candles that the source lacks.', type: [CandleView] })
  items!: CandleView[];
}
