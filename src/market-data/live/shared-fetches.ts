import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { MarketFetchStore } from './market-fetch.store.js';

/** Slightly longer than a fetch can take. A process that dies during a fetch delays the others by this long. */
const CLAIM_MS = 12_000;
const POLL_EVERY_MS = 50;

/** An answer, and the time of its request. */
export interface Fetched<T> {
  readonly askedAt: Date;
  readonly answer: T;
}

/** The request of another process failed; carries the message of that failure. */
export class SharedFetchFailed extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SharedFetchFailed';
  }
}

/** Shares requests between processes: the first one fetches, the others wait for its answer or failure. */
@Injectable()
export class SharedFetches {
  constructor(private readonly store: MarketFetchStore) {}

  /**
   * The answer to a request sent at or after `notBefore`, by any process. Answers must be plain JSON.
   *
   * @param now the time of the request if this process makes it.
   * @throws the error of `ask`, or SharedFetchFailed if another process made the request.
   */
  async get<T>(key: string, notBefore: Date, now: Date, ask: () => Promise<T>): Promise<Fetched<T>> {
    let failuresAtFirst: number | null = null;
    for (;;) {
      const row = await this.store.find(key, notBefore);
      if (row?.is_fresh && row.asked_at) return { askedAt: row.asked_at, answer: row.answer as T };
      failuresAtFirst ??= row?.failures ?? 0;
      if (row && row.failures > failuresAtFirst) throw new SharedFetchFailed(row.last_failure ?? 'It failed.');
      if (row?.is_claimed) await sleep(POLL_EVERY_MS);
      else if (await this.store.claim(key, notBefore, CLAIM_MS)) return this.ask(key, now, ask);
    }
  }

  /** The newest answer of any process, of any age; null when there is none. */
  async last<T>(key: string): Promise<T | null> {
    return (await this.store.answerOf(key)) as T | null;
  }

  private async ask<T>(key: string, now: Date, ask: () => Promise<T>): Promise<Fetched<T>> {
    try {
      const answer = await ask();
      await this.store.answered(key, now, answer);
      return { askedAt: now, answer };
    } catch (error) {
      await this.store.failed(key, error instanceof Error ? error.message : String(error));
      throw error;
    }
  }
}
