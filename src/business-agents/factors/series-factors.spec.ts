import { describe, expect, it } from '@jest/globals';
import type { ObservedValue } from '../../domain/market/market-snapshot.js';
import { changeOf, levelOf } from './series-factors.js';

function observed(...entries: readonly [date: string, value: number][]): ObservedValue[] {
  return entries.map(([date, value]) => ({ value, source: 'test', observed_at: new Date(date).toISOString() }));
}

/** One value per day from the 1st of January. */
function daily(values: readonly number[]): ObservedValue[] {
  return values.map((value, index) => ({
    value,
    source: 'test',
    observed_at: new Date(Date.UTC(2026, 0, 1 + index)).toISOString(),
  }));
}

const percent = { days: 30, as: 'percent', meanOverDays: 1 } as const;
const points = { days: 30, as: 'points', meanOverDays: 1 } as const;

describe('the change of a series', () => {
  it('is the newest value compared with that of 30 days before', () => {
    const values = daily([999, 80, ...Array<number>(29).fill(500), 100]);
    expect(changeOf(values, percent)).toBeCloseTo(25, 12);
    expect(changeOf(values, points)).toBe(20);
  });

  it('uses the nearest day when that day is missing', () => {
    expect(changeOf(observed(['2026-01-05', 90], ['2026-01-12', 80], ['2026-02-09', 100]), points)).toBe(20);
  });

  it('uses the previous month in a monthly series, also after a February', () => {
    const months = observed(['2026-01-01', 4.1], ['2026-02-01', 4.2], ['2026-03-01', 4.5]);
    expect(changeOf(months, points)).toBeCloseTo(0.3, 12);
  });

  it('is null without a value within a week of that day', () => {
    expect(changeOf(observed(['2026-01-02', 90], ['2026-02-09', 100]), points)).toBeNull();
    expect(changeOf(observed(['2026-01-18', 90], ['2026-02-09', 100]), points)).toBeNull();
    expect(changeOf(observed(['2026-02-09', 100]), points)).toBeNull();
  });

  it('compares weekly means where single days are noisy', () => {
    const values = daily([1, 2, 3, 4, 5, 6, 7, ...Array<number>(23).fill(100), 11, 12, 13, 14, 15, 16, 17]);
    expect(changeOf(values, { days: 30, as: 'points', meanOverDays: 7 })).toBe(14 - 4);
    expect(changeOf(values, { days: 30, as: 'percent', meanOverDays: 7 })).toBeCloseTo(250, 12);
  });

  it('in percent is null when the earlier value is not above 0', () => {
    expect(changeOf(observed(['2026-01-10', 0], ['2026-02-09', 100]), percent)).toBeNull();
  });
});

describe('the level of a series', () => {
  /** 139 values around a level, and a last week above it. */
  const around = (level: number, last: number) =>
    daily([
      ...Array.from({ length: 133 }, (_, day) => level * (1 + 0.1 * Math.sin(day))),
      ...Array<number>(7).fill(level * last),
    ]);

  it('is a distance in standard deviations, independent of the level', () => {
    const [low, high] = [70, 400].map((level) => levelOf(around(level, 1.2), { levelOverDays: 7 }));
    // Computed in Python (statistics.pstdev).
    expect(low).toBeCloseTo(2.336234094767218, 9);
    expect(high).toBeCloseTo(low!, 9);
    expect(levelOf(around(400, 0.8), { levelOverDays: 7 })).toBeLessThan(-2);
  });

  it('is null with too few values, and 0 without variation', () => {
    expect(levelOf(around(70, 1.2).slice(-59), { levelOverDays: 7 })).toBeNull();
    expect(levelOf(daily(Array<number>(140).fill(409)), { levelOverDays: 7 })).toBe(0);
  });
});
