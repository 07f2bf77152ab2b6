import { Controller, Get, HttpCode, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
  ApiTags,
  getSchemaPath,
  ApiProperty,
  ApiPropertyOptional,
} from '@nestjs/swagger';
import { IsOptional, IsString, Matches } from 'class-validator';
import type { Request, Response } from 'express';
import { CurrentUser, Public, SignedIn, type SignedInUser } from '../auth/access.js';
import { CurrentSession } from '../auth/jwt.strategy.js';
import { ApiProblem, ApiProblems } from '../platform/http/docs/api-docs.js';
import { MalformedRequest } from '../platform/http/problems/app-errors.js';
import { EVENT_VIEWS } from './events/event.view.js';
import { TICKET_SECONDS, TicketsService, ByTicket, TicketGuard, type Admitted } from './tickets/tickets.service.js';
import { StreamService } from './stream.service.js';

/** A position in the format of `id:`. */
const EVENT_ID = /^\d{1,19}-\d{1,19}$/;

class StreamQuery {
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

class StreamTicketView {
  @ApiProperty({
    description: 'Good for one GET /stream.',
    example: 'rTzJx0y2mZkq1cX3v9aUe8bHn4Lw7QpSd5FgKi6Oj0M',
  })
  ticket!: string;

  @ApiProperty({ description: 'Seconds until it runs out.', type: 'integer', example: 30 })
  expires_in!: number;
}

const EVENTS = `
| event | data | to whom |
|---|---|---|
| \`definition.tick\` | TickEventView: a run was made | traders, admins; users while the definition has an active strategy |
| \`run.finished\` | RunEventView | the same |
| \`executions.recorded\` | ExecutionsEventView: a part of a run is done | everybody, of their own strategies |
| \`strategy.changed\` | StrategyEventView: made, changed, stopped, started, archived | whoever sees the strategy |
| \`strategies.valued\` | ValuationEventView: another value without a run, by the price or by an exit | as with runs |
| \`ready\` | StreamStateView: the stream is open | everybody |
| \`reset\` | StreamStateView: what came after the last event is not kept any more, read everything again | everybody |
| \`heartbeat\` | StreamStateView, when nothing else came for 15 s | everybody |
| \`end\` | StreamStateView with the reason, then the server hangs up | everybody |`;

const ROLES = 'The ticket says who listens, and so what they are told.';

/** Server-sent events, so that clients need not poll. */
@ApiTags('stream')
@Controller('stream')
export class StreamController {
  constructor(
    private readonly tickets: TicketsService,
    private readonly stream: StreamService,
  ) {}

  @Post('tickets')
  @HttpCode(200)
  @SignedIn()
  @ApiOperation({
    operationId: 'createStreamTicket',
    summary: 'A ticket that opens the stream of events once',
    description: 'The stream belongs to the session of the access token and ends with it.',
  })
  @ApiOkResponse({ type: StreamTicketView, description: 'The ticket.' })
  @ApiProblems(400)
  async issue(@CurrentUser() user: SignedInUser, @CurrentSession() sessionId: string): Promise<StreamTicketView> {
    const ticket = await this.tickets.issue({ userId: user.id, sessionId });
    return { ticket, expires_in: TICKET_SECONDS };
  }

  @Get()
  @Public()
  @UseGuards(TicketGuard)
  @ApiOperation({
    operationId: 'openStream',
    summary: 'What happens, as server-sent events',
    description:
      `${ROLES} Events carry ids and times: read what has changed where it is. Whoever comes back with the id of the ` +
      `last event that they read misses nothing and hears nothing twice, at whichever server.\n${EVENTS}`,
  })
  @ApiQuery({ name: 'ticket', description: 'A ticket of POST /stream/tickets, unused.', required: true, type: String })
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'The id of the last event that was read; without it the stream begins at this moment.',
    schema: { type: 'string' },
  })
  @ApiExtraModels(...EVENT_VIEWS)
  @ApiOkResponse({
    description: 'Events without end. The schema is that of the data of one.',
    content: { 'text/event-stream': { schema: { oneOf: EVENT_VIEWS.map((view) => ({ $ref: getSchemaPath(view) })) } } },
  })
  @ApiProblem(429, 'Too many streams of this user (`too_many_streams`).')
  @ApiProblem(503, 'This server has as many streams as it can (`streams_full`), or is about to end (`stopping`).')
  @ApiProblems(400, 401)
  async open(
    @ByTicket() admitted: Admitted,
    @Query() query: StreamQuery,
    @Req() req: Request,
    @Res() res: Response,
  ): Promise<void> {
    await this.stream.open(admitted, lastEventId(req, query), req, res);
  }
}

/** The header wins: a browser updates it on reconnect, while the address stays the same. */
function lastEventId(req: Request, query: StreamQuery): string | null {
  const header = req.get('last-event-id');
  if (header === undefined || header === '') return query.last_event_id ?? null;
  if (/^\d{1,19}-\d{1,19}$/.test(header)) return header;
  throw new MalformedRequest('bad_last_event_id', 'Last-Event-ID must be the id of an event of this stream.');
}
