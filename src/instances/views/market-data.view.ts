import { ApiProperty } from '@nestjs/swagger';

/** The market that the definition's last run saw. */
export class MarketDataView {
  @ApiProperty({
    description: 'Source of all values of that run.',
    enum: ['simulated', 'replay', 'live'],
    example: 'simulated',
  })
  market!: string;

  @ApiProperty({ description: 'Base asset.', example: 'BTC' })
  symbol!: string;

  @ApiProperty({ description: 'Price in quote currency.', example: '65000' })
  price!: string;

  @ApiProperty({ description: 'Who delivered the price.', example: 'simulated' })
  source!: string;

  @ApiProperty({
    description: 'When the price became known.',
    example: '2026-01-01T12:00:00.000Z',
    format: 'date-time',
  })
  observed_at!: string;
}
