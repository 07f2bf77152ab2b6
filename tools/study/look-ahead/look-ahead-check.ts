import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { MarketDataSource } from '../../../src/market-data/market-data-source.js';
import { sampleAt, type Sample } from '../sample.js';
import { cutHistory } from './cut-history.js';

/** How many moments are looked at twice. */
const SAMPLE = 24;

/** An output that knew more than there was to know. */
export interface Difference {
  readonly at: string;
  /** `market`, a business agent, or `conviction`. */
  readonly output: string;
}

/**
 * Looks at moments of the study once more, in copies of the files that end at each of these moments. What comes out must
 * be the same to the last digit: whatever differs has seen the future.
 *
 * @param load how a folder becomes a source, as for the study itself.
 * @param times the moments of the study; 24 of them, spread evenly, are compared.
 */
export async function checkLookAhead(
  load: (directory: string) => Promise<MarketDataSource>,
  directory: string,
  symbol: string,
  times: readonly Date[],
): Promise<{ looks_compared: number; differences: Difference[] }> {
  const whole = await load(directory);
  const sample = spread(times, SAMPLE);
  const folder = await mkdtemp(join(tmpdir(), 'conclave-study-'));
  try {
    const differences: Difference[] = [];
    for (const at of sample) {
      const target = join(folder, 'cut');
      await cutHistory(directory, at, target);
      const [before, after] = [await sampleAt(await load(target), symbol, at), await sampleAt(whole, symbol, at)];
      differences.push(...differing(before, after).map((output) => ({ at: at.toISOString(), output })));
      await rm(target, { recursive: true });
    }
    return { looks_compared: sample.length, differences };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** So many of them, from the first to the last. */
function spread<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items];
  return Array.from({ length: count }, (_, index) => items[Math.round((index * (items.length - 1)) / (count - 1))]!);
}

function differing(a: Sample | null, b: Sample | null): string[] {
  if (!a || !b) return a === b ? [] : ['market'];
  return [
    ...(isDeepStrictEqual(a.snapshot, b.snapshot) ? [] : ['market']),
    ...Object.keys(b.analyses).filter((name) => !isDeepStrictEqual(a.analyses[name], b.analyses[name])),
    ...(isDeepStrictEqual(a.decision, b.decision) ? [] : ['conviction']),
  ];
}
