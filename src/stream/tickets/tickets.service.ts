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
 * Tickets for the stream. A browser cannot send an access token with an EventSource, and addresses end up in logs on
 * the way. A ticket in the address is therefore valid once, for 30 s.
 */
@Injectable()
export class TicketsService {
  constructor(
    private readonly store: TicketsStore,
    private readonly sessions: SessionsStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async issue(session: OpenSession): Promise<string> {
    const ticket = randomBytes(TICKET_BYTES).toString('base64url');
    await this.store.insert(hashOf(ticket), session, new Date(this.clock.now().getTime() + TICKET_SECONDS * 1000));
    return ticket;
  }

  /**
   * Listener and session of a ticket, which is used up.
   * @throws NotSignedIn (401 `invalid_ticket`) for an unknown, used or expired ticket, or a closed session.
   */
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

export interface Admitted {
  readonly listener: Listener;
  readonly sessionId: string;
}

type TicketRequest = Request & { admitted?: Admitted };

/** Admits a request with a valid ticket in its address, and uses the ticket up. */
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

/** `@ByTicket() admitted: Admitted`: listener and session that the {@link TicketGuard} admitted. */
export const ByTicket = createParamDecorator((_data: unknown, context: ExecutionContext): Admitted => {
  const { admitted } = context.switchToHttp().getRequest<TicketRequest>();
  if (!admitted) throw invalidTicket();
  return admitted;
});
