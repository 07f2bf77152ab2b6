import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** A little more than a question may take; whoever dies while asking keeps the others for so long. */
const CLAIM_MS = 12_000;
const LOOK_EVERY_MS = 50;

/** An answer, and when its question went out. */
export interface Fetched<T> {
  readonly askedAt: Date;
  readonly answer: T;
}

/** The process that asked for all had no answer; with the words of its failure. */
export class SharedFetchFailed extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SharedFetchFailed';
  }
}

interface FetchRow {
  readonly asked_at: Date | null;
  readonly answer: unknown;
  readonly is_fresh: boolean;
  readonly is_claimed: boolean;
  readonly failures: number;
  readonly last_failure: string | null;
}

/** One question for all processes: who comes first asks, the others wait for the answer or its failure. */
@Injectable()
export class SharedFetches {
  constructor(private readonly database: DataSource) {}

  /**
   * The answer of a question that went out after `notBefore`, of whichever process. Answers must be plain JSON.
   *
   * @param now the time that a question of this process goes out at.
   * @throws what `ask` throws, and SharedFetchFailed where another process had asked.
   */
  async get<T>(key: string, notBefore: Date, now: Date, ask: () => Promise<T>): Promise<Fetched<T>> {
    let failuresAtFirst: number | null = null;
    for (;;) {
      const row = await this.look(key, notBefore);
      if (row?.is_fresh && row.asked_at) return { askedAt: row.asked_at, answer: row.answer as T };
      failuresAtFirst ??= row?.failures ?? 0;
      if (row && row.failures > failuresAtFirst) throw new SharedFetchFailed(row.last_failure ?? 'It failed.');
      if (row?.is_claimed) await sleep(LOOK_EVERY_MS);
      else if (await this.claim(key, notBefore)) return this.ask(key, now, ask);
    }
  }

  /** The newest answer that any process has had, of whatever age; null where there is none. */
  async last<T>(key: string): Promise<T | null> {
    const [row] = await this.database.query<{ answer: T | null }[]>(
      `SELECT answer FROM market_fetches WHERE fetch_key = $1`,
      [key],
    );
    return row?.answer ?? null;
  }

  private async ask<T>(key: string, now: Date, ask: () => Promise<T>): Promise<Fetched<T>> {
    try {
      const answer = await ask();
      await this.database.query(
        `UPDATE market_fetches SET asked_at = $2, answer = $3, claimed_until = clock_timestamp()
         WHERE fetch_key = $1 AND (asked_at IS NULL OR asked_at <= $2)`,
        [key, now, JSON.stringify(answer)],
      );
      return { askedAt: now, answer };
    } catch (error) {
      await this.database.query(
        `UPDATE market_fetches SET claimed_until = clock_timestamp(), failures = failures + 1, last_failure = $2
         WHERE fetch_key = $1`,
        [key, error instanceof Error ? error.message : String(error)],
      );
      throw error;
    }
  }

  /** Whether this process is to ask: nobody does, and there is no fresh answer. */
  private async claim(key: string, notBefore: Date): Promise<boolean> {
    const rows = await this.database.query<unknown[]>(
      `INSERT INTO market_fetches AS f (fetch_key, claimed_until)
       VALUES ($1, clock_timestamp() + make_interval(secs => $3))
       ON CONFLICT (fetch_key) DO UPDATE SET claimed_until = excluded.claimed_until
         WHERE f.claimed_until <= clock_timestamp() AND (f.asked_at IS NULL OR f.asked_at < $2)
       RETURNING 1`,
      [key, notBefore, CLAIM_MS / 1000],
    );
    return rows.length > 0;
  }

  private async look(key: string, notBefore: Date): Promise<FetchRow | undefined> {
    const rows = await this.database.query<FetchRow[]>(
      `SELECT asked_at, CASE WHEN asked_at >= $2 THEN answer END AS answer, coalesce(asked_at >= $2, false) AS is_fresh,
         claimed_until > clock_timestamp() AS is_claimed, failures, last_failure
       FROM market_fetches WHERE fetch_key = $1`,
      [key, notBefore],
    );
    return rows[0];
  }
}
