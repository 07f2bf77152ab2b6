import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TokenBatches } from './token-batches.js';

function sharedCounter(now: () => number, windowMs: number) {
  const windows = new Map<string, { points: number; until: number }>();
  let bookings = 0;
  return {
    bookings: () => bookings,
    book: async (key: string, points: number) => {
      bookings += 1;
      const open = windows.get(key);
      const window = open && open.until > now() ? open : { points: 0, until: now() + windowMs };
      window.points += points;
      windows.set(key, window);
      return { points: window.points, msLeft: window.until - now() };
    },
  };
}

describe('token batches', () => {
  const WINDOW = 60_000;

  it('admit exactly the limit, and report what remains', async () => {
    const counter = sharedCounter(() => 0, WINDOW);
    const batches = new TokenBatches(3, WINDOW, counter.book, () => 0);
    const statuses = [];
    for (let times = 0; times < 5; times++) statuses.push(await batches.spend('a'));
    expect(statuses.map(({ admitted, remaining }) => `${admitted} ${remaining}`)).toEqual([
      'true 2',
      'true 1',
      'true 0',
      'false 0',
      'false 0',
    ]);
    expect(statuses[0]).toMatchObject({ limit: 3, resetSeconds: 60 });
  });

  it('book a twentieth at a time, even for requests at once, and nothing while they refuse', async () => {
    const counter = sharedCounter(() => 0, WINDOW);
    const batches = new TokenBatches(600, WINDOW, counter.book, () => 0);
    await Promise.all(Array.from({ length: 60 }, () => batches.spend('a')));
    expect(counter.bookings()).toBe(2);
    await Promise.all(Array.from({ length: 640 }, () => batches.spend('a')));
    const spent = counter.bookings();
    expect(spent).toBeLessThanOrEqual(21);
    expect((await batches.spend('a')).admitted).toBe(false);
    expect(counter.bookings()).toBe(spent);
  });

  it('start again with the next window, without the points of the last one', async () => {
    let time = 0;
    const now = (): number => time;
    const counter = sharedCounter(now, WINDOW);
    const batches = new TokenBatches(2, WINDOW, counter.book, now);
    for (let times = 0; times < 3; times++) await batches.spend('a');
    time = WINDOW - 1;
    expect(await batches.spend('a')).toMatchObject({ admitted: false, resetSeconds: 1 });
    time = WINDOW;
    expect(await batches.spend('a')).toMatchObject({ admitted: true, remaining: 1, resetSeconds: 60 });
  });

  it('are separate for each caller', async () => {
    const batches = new TokenBatches(1, WINDOW, sharedCounter(() => 0, WINDOW).book, () => 0);
    expect((await batches.spend('a')).admitted).toBe(true);
    expect((await batches.spend('b')).admitted).toBe(true);
    expect((await batches.spend('a')).admitted).toBe(false);
  });

  it('admit nobody while the counter does not answer', async () => {
    const batches = new TokenBatches(600, WINDOW, async () => Promise.reject(new Error('away')));
    await expect(batches.spend('a')).rejects.toThrow('away');
    await expect(batches.spend('a')).rejects.toThrow('away');
  });

  it('of several processes together admit at most the limit, and at least the limit less what the others hold', async () => {
    const plan = fc.record({
      limit: fc.integer({ min: 1, max: 200 }),
      turns: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 500 }),
    });
    await fc.assert(
      fc.asyncProperty(plan, async ({ limit, turns }) => {
        const counter = sharedCounter(() => 0, WINDOW);
        const processes = [0, 1, 2].map(() => new TokenBatches(limit, WINDOW, counter.book, () => 0));
        let admitted = 0;
        let refused = false;
        for (const turn of turns) {
          if ((await processes[turn]!.spend('a')).admitted) admitted += 1;
          else refused = true;
        }
        expect(admitted).toBeLessThanOrEqual(limit);
        const batch = Math.max(1, Math.floor(limit / 20));
        expect(refused ? admitted : limit).toBeGreaterThanOrEqual(limit - 2 * batch);
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});
