import { createParamDecorator, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { Listener } from '../events/message.js';
import { invalidTicket, TicketsService } from './tickets.service.js';

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
