import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { MarketFetchStore } from './market-fetch.store.js';

/** A little more than a fetch may take; a process that dies while fetching delays the others by so long. */
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

/** One question for all processes: who comes first asks, the others wait for the answer or its failure. */
@Injectable()
export class SharedFetches {
  constructor(private readonly store: MarketFetchStore) {}

  /**
   * The answer of a question that went out after `notBefore`, of whichever process. Answers must be plain JSON.
   *
   * @param now the time that a question of this process goes out at.
   * @throws what `ask` throws, and SharedFetchFailed where another process had asked.
   */
  async get<T>(key: string, notBefore: Date, now: Date, ask: () => Promise<T>): Promise<Fetched<T>> {
    let failuresAtFirst: number | null = null;
    for (;;) {
      const row = await this.store.look(key, notBefore);
      if (row?.is_fresh && row.asked_at) return { askedAt: row.asked_at, answer: row.answer as T };
      failuresAtFirst ??= row?.failures ?? 0;
      if (row && row.failures > failuresAtFirst) throw new SharedFetchFailed(row.last_failure ?? 'It failed.');
      if (row?.is_claimed) await sleep(LOOK_EVERY_MS);
      else if (await this.store.claim(key, notBefore, CLAIM_MS)) return this.ask(key, now, ask);
    }
  }

  /** The newest answer that any process has had, of whatever age; null where there is none. */
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
