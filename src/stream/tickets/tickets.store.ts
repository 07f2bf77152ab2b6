import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { OpenSession } from '../../auth/tokens/sessions.store.js';

/** The statements on tickets. They are in the database because another process may be asked for the stream. */
@Injectable()
export class TicketsStore {
  constructor(private readonly database: DataSource) {}

  async insert(hash: string, { userId, sessionId }: OpenSession, expiresAt: Date): Promise<void> {
    await this.database.query(
      `INSERT INTO stream_tickets (ticket_hash, user_id, session_id, expires_at) VALUES ($1, $2, $3, $4)`,
      [hash, userId, sessionId, expiresAt],
    );
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
    await this.database.query(`DELETE FROM stream_tickets WHERE expires_at <= $1`, [now]);
  }
}
