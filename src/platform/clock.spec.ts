import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../../test/support/database.js';
import { DatabaseClock } from './clock.js';

describe('database clock', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase('template0');
  });

  afterAll(() => database.close());

  it('never returns this machine’s own time', () => {
    expect(() => new DatabaseClock(database.dataSource, () => undefined).now()).toThrow('synchronised');
  });

  it('follows the database when this machine’s clock is two hours off', async () => {
    const now = Date.now();
    const wrong = jest.spyOn(Date, 'now').mockReturnValue(now + 2 * 3_600_000);
    try {
      const clock = new DatabaseClock(database.dataSource, () => undefined);
      await clock.synchronise();
      const [row] = await database.dataSource.query<{ now: Date }[]>(`SELECT clock_timestamp() AS now`);
      expect(Math.abs(row!.now.getTime() - clock.now().getTime())).toBeLessThan(1000);
    } finally {
      wrong.mockRestore();
    }
  });

  it('never goes backwards, even when the database’s clock does', async () => {
    const answers = ['2000000000000', '1999999990000'];
    const query = async () => [{ ms: answers.shift() }];
    const clock = new DatabaseClock({ query } as never, () => undefined);
    await clock.synchronise();
    const before = clock.now();
    await clock.synchronise();
    expect(clock.now().getTime()).toBeGreaterThanOrEqual(before.getTime());
  });

  it('ignores an answer that took longer than a second, unless it is the first', async () => {
    let passed = 0;
    const monotonic = jest.spyOn(performance, 'now').mockImplementation(() => passed);
    const answers = [
      { takes: 3000, ms: 1_000_000 },
      { takes: 1000, ms: 2_000_000 },
      { takes: 1001, ms: 3_000_000 },
    ];
    const query = async () => {
      const { takes, ms } = answers.shift()!;
      passed += takes;
      return [{ ms: String(ms) }];
    };
    try {
      const clock = new DatabaseClock({ query } as never, () => undefined);
      await clock.synchronise();
      expect(clock.now().getTime()).toBe(1_001_500);
      await clock.synchronise();
      expect(clock.now().getTime()).toBe(2_000_500);
      await clock.synchronise();
      expect(clock.now().getTime()).toBe(2_001_501);
    } finally {
      monotonic.mockRestore();
    }
  });
});
