import { describe, expect, it } from '@jest/globals';
import { BATCH_SIZE, inBatches } from './in-batches.js';

const ids = Array.from({ length: 2 * BATCH_SIZE + 3 }, (_, index) => String(index).padStart(5, '0'));
const next = async (after: string | null) => {
  const first = after === null ? 0 : ids.indexOf(after) + 1;
  return ids.slice(first, first + BATCH_SIZE);
};

describe('inBatches', () => {
  it('does everything, a portion at a time', async () => {
    const sizes: number[] = [];
    const work = async (part: readonly string[]) => {
      sizes.push(part.length);
      return part;
    };
    const failed = async () => expect('nothing').toBe('failing');
    expect(await inBatches(next, work, failed)).toEqual(ids);
    expect(sizes).toEqual([BATCH_SIZE, BATCH_SIZE, 3]);
  });

  it('does all but those that fail by themselves, and tells each of these once', async () => {
    const bad = new Set([ids[0], ids[BATCH_SIZE + 7], ids[BATCH_SIZE + 8]]);
    const told: string[] = [];
    let calls = 0;
    const work = async (part: readonly string[]) => {
      calls++;
      if (part.some((id) => bad.has(id))) throw new Error('bad');
      return part;
    };
    const failed = async (id: string) => {
      told.push(id);
    };
    expect(await inBatches(next, work, failed)).toEqual(ids.filter((id) => !bad.has(id)));
    expect(told).toEqual([...bad]);
    expect(calls).toBeLessThan(60);
  });

  it('does not retry endlessly while the database is away', async () => {
    const away = Object.assign(new Error('away'), { code: '57P01' });
    const work = async () => {
      throw away;
    };
    await expect(inBatches(next, work, async () => undefined)).rejects.toBe(away);
  });
});
