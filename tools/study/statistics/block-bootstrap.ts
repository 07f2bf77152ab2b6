import { randomStream } from '../../../src/market-data/simulated/random-stream.js';
import { quantile } from './quantile.js';

export const RESAMPLES = 2000;

/** Of the intervals: 95 %. */
const TAIL = 0.025;

/** Blocks of neighbours, by where they begin. All are of one length but the last. */
export interface Resample {
  readonly starts: Int32Array;
  readonly length: number;
  readonly lastLength: number;
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Circular block bootstrap (Politis and Romano 1992): each of 2,000 resamples is put together from blocks of
 * neighbouring observations, drawn with the same seed every time. Returns over windows that overlap, and scores that
 * change slowly, depend on their neighbours; blocks keep that dependence, which single draws would take for so much
 * more evidence than there is. A block should be longer than the dependence lasts.
 *
 * @param statistic of one resample, given as blocks; null when it cannot be computed.
 * @returns the 2.5 % and 97.5 % quantiles; null for fewer than four blocks, or when the statistic often does not exist.
 */
export function blockBootstrap(
  observations: number,
  blockLength: number,
  statistic: (resample: Resample) => number | null,
): Interval | null {
  if (observations < 4 * blockLength) return null;
  const random = randomStream(`block bootstrap ${observations} ${blockLength}`);
  const starts = new Int32Array(Math.ceil(observations / blockLength));
  const resample = { starts, length: blockLength, lastLength: observations - (starts.length - 1) * blockLength };
  const values: number[] = [];
  for (let count = 0; count < RESAMPLES; count++) {
    // Stored as integers: the fraction is cut off.
    for (let block = 0; block < starts.length; block++) starts[block] = random.uniform() * observations;
    const value = statistic(resample);
    if (value !== null) values.push(value);
  }
  if (values.length < 0.95 * RESAMPLES) return null;
  values.sort((a, b) => a - b);
  return { low: quantile(values, TAIL), high: quantile(values, 1 - TAIL) };
}

/** The sum over a resample, from sums up to each index. What would lie behind the end comes from the beginning. */
export function sumOver(running: Float64Array, { starts, length, lastLength }: Resample): number {
  const size = running.length - 1;
  let sum = 0;
  for (let block = 0; block < starts.length; block++) {
    const start = starts[block]!;
    const end = start + (block === starts.length - 1 ? lastLength : length);
    sum += (end <= size ? running[end]! : running[size]! + running[end - size]!) - running[start]!;
  }
  return sum;
}

/** Sums of the values up to each index; the first is 0. */
export function runningSums(values: readonly number[]): Float64Array {
  const sums = new Float64Array(values.length + 1);
  values.forEach((value, index) => {
    sums[index + 1] = sums[index]! + value;
  });
  return sums;
}
