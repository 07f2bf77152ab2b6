import { expect, it } from '@jest/globals';
import { VirtualClock } from '../../platform/clock.js';
import { FetchCache } from './fetch-cache.js';

function cacheWith(answer: () => Promise<number>) {
  const clock = new VirtualClock(new Date('2026-03-14T12:00:00Z'));
  const cache = new FetchCache<number>(clock, null);
  const seen = { fetches: 0 };
  const get = (maxAgeMs = 1000): Promise<number> =>
    cache.get('key', maxAgeMs, () => {
      seen.fetches++;
      return answer();
    });
  return { clock, get, seen };
}

it('fetches once for concurrent callers, and again when the answer is too old', async () => {
  const { clock, get, seen } = cacheWith(async () => 7);
  expect(await Promise.all([get(), get(), get()])).toEqual([7, 7, 7]);
  clock.advance(1000);
  expect(await get()).toBe(7);
  expect(seen.fetches).toBe(1);
  clock.advance(1);
  await get();
  expect(seen.fetches).toBe(2);
  await get(0);
  expect(seen.fetches).toBe(2);
});

it('rejects all waiting callers on a failure, and fetches again for the next', async () => {
  let fails = true;
  const { get, seen } = cacheWith(async () => {
    if (fails) throw new Error('down');
    return 8;
  });
  const both = await Promise.allSettled([get(), get()]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  fails = false;
  expect(await get()).toBe(8);
  expect(seen.fetches).toBe(2);
});

it('measures the age of an answer from its request', async () => {
  let answered: (value: number) => void = () => undefined;
  const { clock, get, seen } = cacheWith(() => new Promise((resolve) => (answered = resolve)));
  const slow = get();
  clock.advance(900);
  answered(1);
  await slow;
  clock.advance(200);
  const next = get();
  answered(2);
  expect([await next, seen.fetches]).toEqual([2, 2]);
});
