import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Row } from '../../platform/database/row.js';
import { MarketFetch } from './market-fetch.entity.js';

export interface FetchState extends Pick<Row<MarketFetch>, 'asked_at' | 'answer' | 'failures' | 'last_failure'> {
  readonly is_fresh: boolean;
  readonly is_claimed: boolean;
}

/** SQL of shared market requests. Claims expire by the database's clock. */
@Injectable()
export class MarketFetchStore {
  constructor(private readonly database: DataSource) {}

  /** Undefined if never requested. The answer is null unless its request was sent at or after `notBefore`. */
  async find(key: string, notBefore: Date): Promise<FetchState | undefined> {
    const rows = await this.database.query<FetchState[]>(
      `SELECT asked_at, CASE WHEN asked_at >= $2 THEN answer END AS answer, coalesce(asked_at >= $2, false) AS is_fresh,
         claimed_until > clock_timestamp() AS is_claimed, failures, last_failure
       FROM market_fetches WHERE fetch_key = $1`,
      [key, notBefore],
    );
    return rows[0];
  }

  /** Claims the request; false if another process holds the claim or a fresh answer exists. */
  async claim(key: string, notBefore: Date, ms: number): Promise<boolean> {
    const rows = await this.database.query<unknown[]>(
      `INSERT INTO market_fetches AS f (fetch_key, claimed_until)
       VALUES ($1, clock_timestamp() + make_interval(secs => $3))
       ON CONFLICT (fetch_key) DO UPDATE SET claimed_until = excluded.claimed_until
         WHERE f.claimed_until <= clock_timestamp() AND (f.asked_at IS NULL OR f.asked_at < $2)
       RETURNING 1`,
      [key, notBefore, ms / 1000],
    );
    return rows.length > 0;
  }

  /** Stores an answer unless a later one is stored. */
  async answered(key: string, askedAt: Date, answer: unknown): Promise<void> {
    await this.database.query(
      `UPDATE market_fetches SET asked_at = $2, answer = $3, claimed_until = clock_timestamp()
       WHERE fetch_key = $1 AND (asked_at IS NULL OR asked_at <= $2)`,
      [key, askedAt, JSON.stringify(answer)],
    );
  }

  async failed(key: string, message: string): Promise<void> {
    await this.database.manager.update(
      MarketFetch,
      { fetch_key: key },
      { claimed_until: () => 'clock_timestamp()', failures: () => 'failures + 1', last_failure: message },
    );
  }

  /** The newest answer, of any age; null when there is none. */
  async answerOf(key: string): Promise<unknown> {
    const row = await this.database.manager.findOneBy(MarketFetch, { fetch_key: key });
    return row?.answer ?? null;
  }
}
