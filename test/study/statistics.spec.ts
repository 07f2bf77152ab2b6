import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { randomNumbers } from '../support/random-numbers.js';
import { autocorrelation } from '../../tools/study/statistics/autocorrelation.js';
import { blockBootstrap, runningSums, sumOver } from '../../tools/study/statistics/block-bootstrap.js';
import { distributionOf } from '../../tools/study/statistics/distribution.js';
import { hitRate } from '../../tools/study/statistics/hit-rate.js';
import { informationCoefficient } from '../../tools/study/statistics/information-coefficient.js';
import { quantile } from '../../tools/study/statistics/quantile.js';
import { ranksOf } from '../../tools/study/statistics/ranks.js';

describe('ranks', () => {
  it('are shared by equal values', () => {
    expect(ranksOf([30, 10, 20, 20, 40])).toEqual([4, 1, 2.5, 2.5, 5]);
    expect(ranksOf([7, 7, 7])).toEqual([2, 2, 2]);
  });

  it('always add up to 1 + 2 + ... + n', () => {
    const sums = fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1 }), (values) => {
      const sum = ranksOf(values).reduce((total, rank) => total + rank, 0);
      expect(sum).toBe((values.length * (values.length + 1)) / 2);
    });
    fc.assert(sums, { seed: 7, numRuns: 100 });
  });
});

describe('the information coefficient', () => {
  // The worked example of Wikipedia's article on Spearman's coefficient: intelligence and hours of television.
  const iq = [106, 100, 86, 101, 99, 103, 97, 113, 112, 110];
  const hours = [7, 27, 2, 50, 28, 29, 20, 12, 6, 17];

  it('is Spearman’s: -29/165 in the textbook example', () => {
    expect(informationCoefficient(iq, hours, 1).value).toBeCloseTo(-29 / 165, 12);
  });

  it('knows order only: any rising function of the scores has the same', () => {
    const risen = iq.map((value) => Math.exp(value / 20));
    expect(informationCoefficient(risen, hours, 1).value).toBeCloseTo(-29 / 165, 12);
    expect(informationCoefficient(iq, iq, 1).value).toBeCloseTo(1, 12);
    expect(
      informationCoefficient(
        iq,
        iq.map((value) => -value),
        1,
      ).value,
    ).toBeCloseTo(-1, 12);
  });

  it('does not exist where nothing varies or too little is known', () => {
    expect(informationCoefficient([5, 5, 5, 5], [1, 2, 3, 4], 1)).toEqual({ value: null, interval: null });
    expect(informationCoefficient([1, 2], [1, 2], 1)).toEqual({ value: null, interval: null });
    expect(informationCoefficient(iq, hours, 3).interval).toBeNull();
  });

  it('has the same interval every time', () => {
    const { interval } = informationCoefficient(iq, hours, 1);
    expect(informationCoefficient(iq, hours, 1).interval).toEqual(interval);
    expect(interval!.low).toBeLessThan(-29 / 165);
    expect(interval!.high).toBeGreaterThan(-29 / 165);
  });

  it('covers the truth, 0, where slow scores meet overlapping returns that have nothing to do with them', () => {
    const HORIZON = 10;
    const LENGTH = 400;
    const covered = (block: number): number => {
      let count = 0;
      for (let seed = 1; seed <= 40; seed++) {
        const { scores, returns } = slowAndOverlapping(seed, LENGTH, HORIZON);
        const { low, high } = informationCoefficient(scores, returns, block).interval!;
        if (low <= 0 && high >= 0) count++;
      }
      return count;
    };
    // 38 of 40 are meant; single draws take every overlapping window for a new piece of evidence.
    expect(covered(2 * HORIZON)).toBeGreaterThanOrEqual(34);
    expect(covered(1)).toBeLessThan(25);
  });
});

/** A score that forgets half of itself in two weeks, and returns over windows that overlap, made independently. */
function slowAndOverlapping(seed: number, length: number, horizon: number) {
  const random = randomNumbers(seed);
  const daily = Array.from({ length: length + horizon }, () => random() - 0.5);
  const scores: number[] = [];
  for (let day = 0; day < length; day++) scores.push(0.95 * (scores.at(-1) ?? 0) + random() - 0.5);
  const returns = scores.map((_, day) => daily.slice(day, day + horizon).reduce((sum, value) => sum + value, 0));
  return { scores, returns };
}

describe('the hit rate', () => {
  it('counts equal signs, and knows what chance would have had', () => {
    const rate = hitRate([10, 20, -5, 30, 0], [1, -1, -2, 3, 4], 1);
    // Three of four calls up, two of four returns up.
    expect(rate).toMatchObject({ value: 0.75, byChance: 0.75 * 0.5 + 0.25 * 0.5 });
    expect(rate.interval!.low).toBeLessThan(0.75);
  });

  it('of scores that always lean up is how often the price rose, by skill and by chance alike', () => {
    expect(hitRate([1, 2, 3, 4], [1, 1, 1, -1], 1)).toMatchObject({ value: 0.75, byChance: 0.75 });
  });

  it('does not exist where no score leans to a side', () => {
    expect(hitRate([0, 0], [1, 2], 1)).toEqual({ value: null, byChance: null, interval: null });
  });
});

describe('autocorrelation', () => {
  it('of a series that swings is 1, -1 and 1', () => {
    const swing = Array.from({ length: 100 }, (_, index) => (index % 2 === 0 ? 1 : -1));
    expect([0, 1, 2].map((lag) => autocorrelation(swing, lag)).map((value) => value!.toFixed(12))).toEqual([
      '1.000000000000',
      '-1.000000000000',
      '1.000000000000',
    ]);
  });

  it('of a series that keeps nine tenths is .9 ** lag', () => {
    const random = randomNumbers(3);
    const series: number[] = [];
    for (let index = 0; index < 20_000; index++) series.push(0.9 * (series.at(-1) ?? 0) + random() - 0.5);
    for (const lag of [1, 5, 10]) expect(autocorrelation(series, lag)).toBeCloseTo(0.9 ** lag, 1);
  });

  it('leaves out what is missing, and does not exist without enough', () => {
    expect(autocorrelation([1, null, 1, null, -1, null, -1, null], 2)).toBeCloseTo(1 / 3, 12);
    expect(autocorrelation([1, 2, 3], 2)).toBeNull();
    expect(autocorrelation([4, 4, 4, 4, 4], 1)).toBeNull();
    expect(autocorrelation([null, null, null, null], 1)).toBeNull();
  });
});

describe('a distribution', () => {
  it('has quantiles between the values, and counts every value in one bin', () => {
    const d = distributionOf([100, -100, 0, 50], -100, 100, 4);
    expect(d).toMatchObject({ mean: 12.5, minimum: -100, median: 25, maximum: 100 });
    expect(d.standard_deviation).toBeCloseTo(Math.sqrt((87.5 ** 2 + 112.5 ** 2 + 12.5 ** 2 + 37.5 ** 2) / 4), 12);
    expect(d.histogram.map(({ from, count }) => [from, count])).toEqual([
      [-100, 1],
      [-50, 0],
      [0, 1],
      [50, 2],
    ]);
  });

  it('of one value is that value', () => {
    expect(quantile([7], 0.95)).toBe(7);
  });
});

it('a bootstrap of a mean is as wide as the textbook says: 1.96 standard errors', () => {
  const random = randomNumbers(11);
  const values = Array.from({ length: 400 }, () => random());
  const sums = runningSums(values);
  const { low, high } = blockBootstrap(values.length, 1, (resample) => sumOver(sums, resample) / values.length)!;
  expect((high - low) / 2).toBeCloseTo((1.96 * Math.sqrt(1 / 12)) / 20, 2);
});

it('a resample that runs over the end goes on at the beginning', () => {
  const resample = { starts: Int32Array.of(3, 1), length: 3, lastLength: 2 };
  // 8, then 1 and 2; 2 and 4.
  expect(sumOver(runningSums([1, 2, 4, 8]), resample)).toBe(8 + 1 + 2 + 2 + 4);
});
