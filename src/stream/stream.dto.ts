import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Matches } from 'class-validator';

/** A position as `id:` has it. */
const EVENT_ID = /^\d{1,19}-\d{1,19}$/;

export class StreamQuery {
  @ApiProperty({ description: 'A ticket of POST /stream/tickets, unused.', type: String })
  @IsString()
  ticket!: string;

  @ApiPropertyOptional({
    description: 'The id of the last event that was read, for whoever cannot send Last-Event-ID.',
    type: String,
  })
  @IsOptional()
  @Matches(EVENT_ID, { message: 'be the id of an event' })
  last_event_id?: string;
}

/** What opens the stream once. */
export class StreamTicketView {
  @ApiProperty({
    description: 'Good for one GET /stream.',
    example: 'rTzJx0y2mZkq1cX3v9aUe8bHn4Lw7QpSd5FgKi6Oj0M',
  })
  ticket!: string;

  @ApiProperty({ description: 'Seconds until it runs out.', type: 'integer', example: 30 })
  expires_in!: number;
}
