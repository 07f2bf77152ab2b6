import { describe, expect, it } from '@jest/globals';
import { randomStream } from './random-stream.js';

function draw(name: string, count: number, kind: 'uniform' | 'normal'): number[] {
  const random = randomStream(name);
  return Array.from({ length: count }, () => random[kind]());
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe('a random stream', () => {
  it('repeats for the same name and differs for a similar one', () => {
    expect(draw('BTC day 1', 20, 'uniform')).toEqual(draw('BTC day 1', 20, 'uniform'));
    expect(draw('BTC day 1', 20, 'uniform')).not.toEqual(draw('BTC day 2', 20, 'uniform'));
  });

  it('is uniform in 0 <= x < 1', () => {
    const values = draw('uniform', 20_000, 'uniform');
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
    expect(mean(values)).toBeCloseTo(0.5, 2);
    expect(mean(values.map((value) => value ** 2))).toBeCloseTo(1 / 3, 2);
  });

  it('is normal: mean 0, variance 1, kurtosis 3, no autocorrelation', () => {
    const values = draw('normal', 20_000, 'normal');
    expect(mean(values)).toBeCloseTo(0, 1);
    expect(mean(values.map((value) => value ** 2))).toBeCloseTo(1, 1);
    expect(mean(values.map((value) => value ** 4))).toBeGreaterThan(2.8);
    expect(mean(values.map((value) => value ** 4))).toBeLessThan(3.2);
    expect(Math.abs(mean(values.slice(1).map((value, i) => value * values[i]!)))).toBeLessThan(0.03);
  });
});
