import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable, createParamDecorator, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { SessionsStore, type OpenSession } from '../../auth/tokens/sessions.store.js';
import { type Clock, CLOCK } from '../../domain/clock.js';
import { NotSignedIn } from '../../platform/http/problems/app-errors.js';
import type { Listener } from '../events/message.js';
import { TicketsStore } from './tickets.store.js';

export const TICKET_SECONDS = 30;
const TICKET_BYTES = 32;

/**
 * Tickets for the stream. A browser cannot send a token with it, and what stands in an address is written down by
 * everything on the way: a ticket is worth nothing once it was used, nor half a minute after it was made.
 */
@Injectable()
export class TicketsService {
  constructor(
    private readonly store: TicketsStore,
    private readonly sessions: SessionsStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A new ticket for whoever has this session. */
  async issue(session: OpenSession): Promise<string> {
    const ticket = randomBytes(TICKET_BYTES).toString('base64url');
    await this.store.insert(hashOf(ticket), session, new Date(this.clock.now().getTime() + TICKET_SECONDS * 1000));
    return ticket;
  }

  /** Who listens, and in which session. @throws NotSignedIn (401 `invalid_ticket`) for what does not count (any more). */
  async redeem(ticket: string): Promise<{ listener: Listener; sessionId: string }> {
    const session = await this.store.take(hashOf(ticket), this.clock.now());
    const user = session && (await this.sessions.findSessionUser(session.userId, session.sessionId));
    if (!session || !user?.is_active || !user.session_open) throw invalidTicket();
    return { listener: { id: user.id, role: user.role }, sessionId: session.sessionId };
  }
}

export function invalidTicket(): NotSignedIn {
  return new NotSignedIn(
    'invalid_ticket',
    'Get a ticket with POST /api/v1/stream/tickets. It can be used once, within 30 s.',
  );
}

function hashOf(ticket: string): string {
  return createHash('sha256').update(ticket).digest('hex');
}

/** Whom a ticket speaks for. */
export interface Admitted {
  readonly listener: Listener;
  readonly sessionId: string;
}

type TicketRequest = Request & { admitted?: Admitted };

/** Lets in who has a ticket in the address, and takes it from them. */
@Injectable()
export class TicketGuard implements CanActivate {
  constructor(private readonly tickets: TicketsService) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<TicketRequest>();
    const { ticket } = request.query;
    if (typeof ticket !== 'string') throw invalidTicket();
    request.admitted = await this.tickets.redeem(ticket);
    return true;
  }
}

/** Who was let in by the {@link TicketGuard}. */
export const ByTicket = createParamDecorator((_data: unknown, context: ExecutionContext): Admitted => {
  const { admitted } = context.switchToHttp().getRequest<TicketRequest>();
  if (!admitted) throw invalidTicket();
  return admitted;
});
