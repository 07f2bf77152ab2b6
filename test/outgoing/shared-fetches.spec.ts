import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { MarketFetchStore } from '../../src/market-data/live/market-fetch.store.js';
import { SharedFetches } from '../../src/market-data/live/shared-fetches.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';

const NOW = new Date('2026-03-14T12:00:00Z');
const before = (ms: number): Date => new Date(NOW.getTime() - ms);

let database: TestDatabase;
let one: SharedFetches;
let other: SharedFetches;

beforeAll(async () => {
  database = await createTestDatabase();
  [one, other] = [
    new SharedFetches(new MarketFetchStore(database.dataSource)),
    new SharedFetches(new MarketFetchStore(database.dataSource)),
  ];
});

afterAll(() => database.close());

beforeEach(() => database.dataSource.query(`DELETE FROM market_fetches`));

/** A question that is answered when the test says so. */
function question() {
  let settle: { answer: (value: unknown) => void; fail: (error: Error) => void };
  const asked = { times: 0 };
  const ask = (): Promise<unknown> => {
    asked.times++;
    return new Promise((answer, fail) => (settle = { answer, fail }));
  };
  const isAsked = async (): Promise<void> => {
    while (asked.times === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  return {
    ask,
    asked,
    isAsked,
    answer: (value: unknown) => settle.answer(value),
    fail: (error: Error) => settle.fail(error),
  };
}

const never = (): Promise<never> => Promise.reject(new Error('nobody should have asked'));

describe('a question of all processes', () => {
  it('goes out once, and all get its answer with its time', async () => {
    const { ask, asked, isAsked, answer } = question();
    const both = [one.get('price', before(5000), NOW, ask)];
    await isAsked();
    both.push(other.get('price', before(5000), NOW, never));
    answer({ value: '65000.1', list: [1.5, null] });
    expect(await Promise.all(both)).toEqual([
      { askedAt: NOW, answer: { value: '65000.1', list: [1.5, null] } },
      { askedAt: NOW, answer: { value: '65000.1', list: [1.5, null] } },
    ]);
    expect(asked.times).toBe(1);
  });

  it('goes out again when the answer is too old for who asks', async () => {
    await one.get('price', before(5000), before(6000), async () => 1);
    expect((await other.get('price', before(7000), NOW, never)).answer).toBe(1);
    expect((await other.get('price', before(5000), NOW, async () => 2)).answer).toBe(2);
    expect((await one.get('price', before(5000), NOW, never)).answer).toBe(2);
    expect((await one.get('candles', before(5000), NOW, async () => 3)).answer).toBe(3);
  });

  it('fails for all waiting callers, and the next one fetches again', async () => {
    const { ask, isAsked, fail } = question();
    const first = one.get('price', before(5000), NOW, ask);
    await isAsked();
    const statements = jest.spyOn(database.dataSource, 'query');
    const second = other.get('price', before(5000), NOW, never);
    // The second has seen that somebody asks, before that fails.
    const looked = await eventually('a look at the claim', async () => {
      const index = statements.mock.calls.findIndex(([sql]) => sql.includes('is_claimed'));
      return index < 0 ? null : index;
    });
    await statements.mock.results[looked]!.value;
    statements.mockRestore();
    fail(new Error('fred_api: it answers with status 502.'));
    await expect(first).rejects.toThrow('status 502');
    await expect(second).rejects.toThrow('fred_api: it answers with status 502.');
    expect((await other.get('price', before(5000), NOW, async () => 4)).answer).toBe(4);
  });

  it('is taken over when the process that asked is gone', async () => {
    const { ask, isAsked } = question();
    void one.get('price', before(5000), NOW, ask);
    await isAsked();
    const waiting = other.get('price', before(5000), NOW, async () => 5);
    await database.dataSource.query(`UPDATE market_fetches SET claimed_until = now()`);
    expect((await waiting).answer).toBe(5);
  });
});
