import { Injectable } from '@nestjs/common';
import { DataSource, LessThanOrEqual } from 'typeorm';
import type { OpenSession } from '../../auth/tokens/sessions.store.js';
import { StreamTicket } from './stream-ticket.entity.js';

/** The statements on tickets. They are in the database because another process may be asked for the stream. */
@Injectable()
export class TicketsStore {
  constructor(private readonly database: DataSource) {}

  async insert(hash: string, { userId, sessionId }: OpenSession, expiresAt: Date): Promise<void> {
    const row = { ticket_hash: hash, user_id: userId, session_id: sessionId, expires_at: expiresAt };
    await this.database.manager.insert(StreamTicket, row);
  }

  /** Takes a ticket, so that nobody can use it again; null when there is none that counts. */
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
