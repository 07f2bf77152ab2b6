import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { Counter, ExpiredCounters } from './counter.js';

const HOUR_MS = 3_600_000;

describe('a counter', () => {
  let database: TestDatabase;
  let counter: Counter;
  let replica: Counter;

  beforeAll(async () => {
    database = await createTestDatabase();
    const options = { name: 'tried', points: 3, windowSeconds: 60 };
    [counter, replica] = [new Counter(database.dataSource, options), new Counter(database.dataSource, options)];
  });

  beforeEach(() => database.dataSource.query(`DELETE FROM rate_limits`));
  afterEach(() => void jest.restoreAllMocks());
  afterAll(() => database.close());

  /** Runs the work as a process would whose clock is off by this much. */
  async function withClockOff<T>(ms: number, work: () => Promise<T>): Promise<T> {
    const now = Date.now();
    const wrong = jest.spyOn(Date, 'now').mockReturnValue(now + ms);
    try {
      return await work();
    } finally {
      wrong.mockRestore();
    }
  }

  const endWindow = () => database.dataSource.query(`UPDATE rate_limits SET expire = expire - 60000`);
  const keys = async () =>
    (await database.dataSource.query<{ key: string }[]>(`SELECT key FROM rate_limits ORDER BY key`)).map(
      ({ key }) => key,
    );

  it('adds up the points of all processes, per key', async () => {
    expect((await counter.add('a')).points).toBe(1);
    expect((await replica.add('a', 5)).points).toBe(6);
    expect((await counter.add('b')).points).toBe(1);
    await Promise.all(Array.from({ length: 20 }, (_, index) => (index % 2 ? counter : replica).add('c')));
    expect((await counter.add('c')).points).toBe(21);
  });

  it('starts a window with the first point, and later points do not extend it', async () => {
    const first = await counter.add('a');
    expect(first.msLeft).toBeGreaterThan(50_000);
    expect(first.msLeft).toBeLessThanOrEqual(60_000);
    await database.dataSource.query(`UPDATE rate_limits SET expire = expire - 30000`);
    const second = await counter.add('a');
    expect(second.points).toBe(2);
    expect(second.msLeft).toBeLessThanOrEqual(30_000);
    await endWindow();
    const next = await counter.add('a');
    expect(next.points).toBe(1);
    expect(next.msLeft).toBeGreaterThan(50_000);
  });

  it.each([2 * HOUR_MS, -2 * HOUR_MS])('follows the database when the clock of a process is %d ms off', async (off) => {
    expect((await counter.add('a')).points).toBe(1);
    const seen = await withClockOff(off, () => replica.add('a'));
    expect(seen.points).toBe(2);
    expect(seen.msLeft).toBeGreaterThan(50_000);
    expect(seen.msLeft).toBeLessThanOrEqual(60_000);
    await withClockOff(off, () => replica.add('b'));
    for (const key of ['a', 'b']) {
      const later = await counter.add(key);
      expect({ key, points: later.points }).toEqual({ key, points: key === 'a' ? 3 : 2 });
      expect(later.msLeft).toBeGreaterThan(50_000);
      expect(later.msLeft).toBeLessThanOrEqual(60_000);
    }
    await withClockOff(off, () => replica.takeBack('a'));
    expect((await counter.add('a')).points).toBe(3);
  });

  it('takes points back only within their window, and never below zero', async () => {
    await counter.takeBack('a');
    expect(await keys()).toEqual([]);
    await counter.add('a');
    await counter.takeBack('a');
    await counter.takeBack('a');
    expect((await counter.add('a')).points).toBe(1);
    await endWindow();
    await counter.takeBack('a');
    expect((await counter.add('a')).points).toBe(1);
  });

  it('clears a key', async () => {
    await counter.add('a', 3);
    await replica.clear('a');
    expect((await counter.add('a')).points).toBe(1);
  });

  it('loses expired rows by the database’s clock, whatever the clock of the process', async () => {
    await counter.add('over');
    await endWindow();
    await counter.add('open');
    await withClockOff(2 * HOUR_MS, () => new ExpiredCounters(database.dataSource).remove());
    expect(await keys()).toEqual(['tried:open']);
  });
});
