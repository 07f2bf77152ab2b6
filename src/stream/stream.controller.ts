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
  @ApiProperty({ description: 'An unused ticket from POST /stream/tickets.', type: String })
  @IsString()
  ticket!: string;

  @ApiPropertyOptional({
    description: 'The id of the last event that was read, for clients that cannot send Last-Event-ID.',
    type: String,
  })
  @IsOptional()
  @Matches(EVENT_ID, { message: 'be the id of an event' })
  last_event_id?: string;
}

class StreamTicketView {
  @ApiProperty({
    description: 'Valid for one GET /stream.',
    example: 'rTzJx0y2mZkq1cX3v9aUe8bHn4Lw7QpSd5FgKi6Oj0M',
  })
  ticket!: string;

  @ApiProperty({ description: 'Seconds until it expires.', type: 'integer', example: 30 })
  expires_in!: number;
}

const EVENTS = `
| event | data | sent to |
|---|---|---|
| \`definition.tick\` | TickEventView: a run was created | traders, admins; users while the definition has an active strategy |
| \`run.finished\` | RunEventView | the same |
| \`executions.recorded\` | ExecutionsEventView: a part of a run has finished | everybody, about their own strategies |
| \`strategy.changed\` | StrategyEventView: created, changed, paused, started, stopped | everybody who may see the strategy |
| \`strategies.valued\` | ValuationEventView: a new value between runs, from a price or an exit | the same |
| \`ready\` | StreamStateView: the stream is open | everybody |
| \`reset\` | StreamStateView: events since the last one are no longer kept; read everything again | everybody |
| \`heartbeat\` | StreamStateView, when nothing else came for 15 s | everybody |
| \`end\` | StreamStateView with the reason, then the server closes the stream | everybody |`;

const ROLES = 'The ticket identifies the user, and so decides which events are sent.';

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
    summary: 'Get a stream ticket',
    description: 'The ticket opens the stream once. The stream ends with the session of the access token.',
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
    summary: 'Stream events',
    description:
      `${ROLES} Events contain ids and times only: read the changed resource itself. A client that reconnects with ` +
      `the id of the last event misses nothing and gets nothing twice, at any server.\n${EVENTS}`,
  })
  @ApiQuery({
    name: 'ticket',
    description: 'An unused ticket from POST /stream/tickets.',
    required: true,
    type: String,
  })
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'The id of the last event that was read; without it the stream starts now.',
    schema: { type: 'string' },
  })
  @ApiExtraModels(...EVENT_VIEWS)
  @ApiOkResponse({
    description: 'Events until the stream is closed. The schema describes the data of one event.',
    content: { 'text/event-stream': { schema: { oneOf: EVENT_VIEWS.map((view) => ({ $ref: getSchemaPath(view) })) } } },
  })
  @ApiProblem(429, 'Too many streams of this user (`too_many_streams`).')
  @ApiProblems(400, 401, 503)
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
  throw new MalformedRequest(
    'bad_last_event_id',
    'Last-Event-ID must be the id of an event of this stream. Leave it out to start at the present.',
  );
}
