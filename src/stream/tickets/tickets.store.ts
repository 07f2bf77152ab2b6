import { Injectable } from '@nestjs/common';
import { DataSource, LessThanOrEqual } from 'typeorm';
import type { OpenSession } from '../../auth/tokens/sessions.store.js';
import { StreamTicket } from './stream-ticket.entity.js';

/** Tickets are in the database because another process may receive the request for the stream. */
@Injectable()
export class TicketsStore {
  constructor(private readonly database: DataSource) {}

  async insert(hash: string, { userId, sessionId }: OpenSession, expiresAt: Date): Promise<void> {
    const row = { ticket_hash: hash, user_id: userId, session_id: sessionId, expires_at: expiresAt };
    await this.database.manager.insert(StreamTicket, row);
  }

  /** Deletes a ticket, so that it cannot be used again. @returns its session; null for an unknown or expired ticket. */
  async take(hash: string, now: Date): Promise<OpenSession | null> {
    const [rows] = await this.database.query<[(OpenSession & { counts: boolean })[], number]>(
      `DELETE FROM stream_tickets WHERE ticket_hash = $1
       RETURNING user_id AS "userId", session_id AS "sessionId", expires_at > $2 AS counts`,
      [hash, now],
    );
    return rows[0]?.counts ? rows[0] : null;
  }

  async removeExpired(now: Date): Promise<void> {
    await this.database.manager.delete(StreamTicket, { expires_at: LessThanOrEqual(now) });
  }
}
