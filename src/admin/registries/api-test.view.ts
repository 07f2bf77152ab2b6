import { ApiProperty } from '@nestjs/swagger';

/** What came of trying an API. */
export class ApiTestView {
  @ApiProperty({ description: 'Whether a server answered, whatever it said.', example: true })
  reachable!: boolean;

  @ApiProperty({
    description: 'HTTP status of its answer; null without one that could be read.',
    type: 'integer',
    nullable: true,
    example: 200,
  })
  status!: number | null;

  @ApiProperty({
    description: 'Milliseconds until the answer was read, or until it failed.',
    type: 'integer',
    example: 84,
  })
  latency_ms!: number;

  @ApiProperty({ description: 'The same in words.', example: 'It answers with status 200.' })
  message!: string;
}
