import { ApiProperty } from '@nestjs/swagger';

/** What a run would have meant for an instance that holds nothing and has the definition's default params. */
export class ConvictionView {
  @ApiProperty({ description: 'Id of the run.', format: 'uuid', example: '019a9c2e-7c00-7000-8000-000000000001' })
  run_id!: string;

  @ApiProperty({ description: 'The tick.', format: 'date-time', example: '2026-01-15T12:00:00.000Z' })
  scheduled_for!: string;

  @ApiProperty({
    description: '0..100, 50 is neutral; null: the run gives none.',
    type: Number,
    nullable: true,
    example: 61.5,
  })
  conviction_score!: number | null;

  @ApiProperty({ description: 'BUY, SELL or HOLD; null as above.', type: String, nullable: true, example: 'BUY' })
  signal!: string | null;

  @ApiProperty({
    description:
      'Why there is none: `agent_unavailable` and other reasons of decisions, `no_market` where the run saw no market, ' +
      '`not_kept` where its analyses are not kept any more, or what is wrong with the definition.',
    type: String,
    nullable: true,
    example: null,
  })
  reason!: string | null;
}
