import { describe, expect, it } from '@jest/globals';
import { analysisFrom, signalOf, type MeasuredFactor } from './score.js';

const factor = (name: string, normalised: number, weight: number): MeasuredFactor => ({
  name,
  value: 12.3456789,
  source: 'test',
  observed_at: '2024-01-01T00:00:00.000Z',
  normalised,
  weight,
});
const absent = (name: string, weight: number, reason = 'no_data') => ({ name, weight, reason });

describe('the score of an analysis', () => {
  it('is the weighted mean of the measured factors, times 100', () => {
    // (.5 * .3 - 1 * .1 + .25 * .2) / .6 = .1 / .6
    const analysis = analysisFrom(
      [factor('a', 0.5, 0.3), factor('b', -1, 0.1), factor('c', 0.25, 0.2)],
      [absent('d', 0.4)],
    );
    expect(analysis).toMatchObject({ signal: 'NEUTRAL', absent: [absent('d', 0.4)] });
    if ('unavailable' in analysis) throw new Error('expected an analysis');
    expect(analysis.score).toBeCloseTo(100 / 6, 12);
    expect(analysis.confidence).toBeCloseTo(0.6, 12);
    expect(analysis.factors.map(({ contribution }) => contribution)).toEqual([0.15, -0.1, 0.05]);
  });

  it('does not count a missing factor as neutral', () => {
    expect(analysisFrom([factor('a', 1, 0.5)], [absent('b', 0.5)])).toMatchObject({ score: 100, confidence: 0.5 });
  });

  it.each([
    [20.01, 'BULLISH'],
    [20, 'NEUTRAL'],
    [-20, 'NEUTRAL'],
    [-20.01, 'BEARISH'],
  ])('of %d is %s', (score, signal) => expect(signalOf(score)).toBe(signal));

  it('stays within its bounds despite float errors in the weights', () => {
    const weights = [0.1, 0.2, 0.3, 0.05, 0.15, 0.2];
    const analysis = analysisFrom(
      weights.map((weight, index) => factor(`f${index}`, 1, weight)),
      [],
    );
    expect(analysis).toMatchObject({ score: 100, confidence: 1 });
  });
});

describe('the reasoning', () => {
  it('lists the factors by their points, then those without data', () => {
    const analysis = analysisFrom(
      [factor('small', -0.2, 0.5), factor('large', 0.8, 0.5)],
      [absent('gone', 0.25, 'too_old')],
    );
    expect(analysis.reasoning).toBe(
      'BULLISH with a score of +30.0: large 12.3457 (+40.0), small 12.3457 (-10.0). Without data: gone (too_old).',
    );
  });

  it('shows a score of about zero without a sign', () => {
    expect(analysisFrom([factor('a', -0.0001, 1)], []).reasoning).toBe('NEUTRAL with a score of 0.0: a 12.3457 (0.0).');
  });
});

describe('an analysis is unavailable', () => {
  it('without any factor', () => {
    expect(analysisFrom([], [absent('a', 1)])).toMatchObject({ unavailable: 'no_factors', confidence: 0 });
    expect(analysisFrom([], [])).toMatchObject({ unavailable: 'no_factors', confidence: 0 });
  });

  it('below a confidence of .2, but not at .2', () => {
    expect(analysisFrom([factor('a', 1, 0.19)], [absent('b', 0.81)])).toMatchObject({ unavailable: 'too_few_factors' });
    // .15 of .75 is .2, but 0.19999999999999998 in floats
    expect(analysisFrom([factor('a', 1, 0.15)], [absent('b', 0.3), absent('c', 0.3)])).toMatchObject({ score: 100 });
  });
});

describe('an impossible factor is a defect of its agent', () => {
  it.each([
    ['normalised', factor('a', 1.01, 1)],
    ['normalised', factor('a', Number.NaN, 1)],
    ['weight', factor('a', 1, 0)],
    ['weight', factor('a', 1, Infinity)],
    ['value', { ...factor('a', 1, 1), value: Number.NaN }],
  ])('%s', (what, broken) => {
    expect(() => analysisFrom([broken], [])).toThrow(new RegExp(`${what}.*factor a`));
  });

  it('also in the weight of an absent factor', () => {
    expect(() => analysisFrom([factor('a', 1, 1)], [absent('b', Number.NaN)])).toThrow(RangeError);
  });
});
