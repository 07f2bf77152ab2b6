import { describe, expect, it } from '@jest/globals';
import { longestDrawdownOf, monthlyReturnsOf } from './day-curve.js';
import type { DayValue } from './performance.js';

/** Values of days in a row; the first is the deposit, at the end of the day before. */
function curveFrom(day: string, values: readonly number[]): DayValue[] {
  const first = Date.parse(day) / 86_400_000;
  return values.map((value, index) => ({ day: first - 1 + index, value }));
}

/** A random walk of 75 days. Its figures below were computed in Python, the drawdown over all pairs of days. */
const WALK = curveFrom(
  '2025-11-20',
  [
    10000, 9769.23, 9549.78, 9682.42, 9243.05, 9221.17, 8809.71, 9008.1, 9049.16, 9299.15, 9210.03, 9287.98, 9239.52,
    9107.7, 9138.73, 8913.51, 8854.74, 8982.53, 8997.36, 8928.03, 9323.45, 9338.96, 9234.02, 9268.11, 9175.84, 9109.75,
    9050.5, 9421.62, 9430.59, 9468.42, 9600.83, 9992.9, 9953.19, 9833.98, 10325.61, 10029.34, 9960.7, 10098.53, 10564.8,
    10369.37, 9871.07, 10006.63, 9907.23, 9835.41, 9931.07, 9980.46, 10043.54, 9961.96, 10223.82, 10536.67, 10548.68,
    10458.61, 10617.23, 10724, 10506.22, 10414.77, 10638.51, 10623.35, 10558.8, 10608.95, 10607.14, 10611.92, 10207.48,
    10569.71, 10617.16, 10436.32, 10645.99, 10717.08, 10726.22, 10956.41, 11457.33, 11589.92, 11963.14, 12485.28,
    12236.61, 12114.69,
  ],
);

describe('the longest drawdown', () => {
  const longest = (values: readonly number[]) => longestDrawdownOf(curveFrom('2026-01-01', values)).value;

  it('is that of a walk reckoned elsewhere', () => {
    expect(longestDrawdownOf(WALK)).toEqual({ value: 34, reason: null });
  });

  it('lasts from the peak until the peak is reached again, or until now', () => {
    expect(longest([100, 90, 95, 100, 120, 119, 121])).toBe(3);
    expect(longest([100, 120, 110, 110, 115, 119])).toBe(4);
    expect(longest([100, 90])).toBe(1);
  });

  it('is 0 without a fall, and begins at the last day of a peak', () => {
    expect(longest([100, 100, 101, 102])).toBe(0);
    expect(longest([100, 100, 100, 90, 100])).toBe(2);
  });

  it('counts the days that are missing', () => {
    const torn = curveFrom('2026-01-01', [100, 90, 80, 101]).map((point, index) =>
      index === 3 ? { ...point, day: point.day + 10 } : point,
    );
    expect(longestDrawdownOf(torn).value).toBe(13);
  });

  it('is none before there are two values', () => {
    expect(longestDrawdownOf([])).toEqual({ value: null, reason: 'needs_two_snapshots' });
    expect(longestDrawdownOf(WALK.slice(0, 1)).reason).toBe('needs_two_snapshots');
  });
});

describe('the returns of months', () => {
  const figures = (curve: readonly DayValue[]) =>
    Object.fromEntries(
      monthlyReturnsOf(curve).map(({ month, return: change }) => [month, change.value ?? change.reason]),
    );

  it('are those of a walk reckoned elsewhere, and compound to its return', () => {
    const months = figures(WALK);
    expect(months).toEqual({
      '2025-11': expect.closeTo(-0.0712020000000001, 12),
      '2025-12': expect.closeTo(0.06667219352324194, 12),
      '2026-01': expect.closeTo(0.2602190521467658, 12),
      '2026-02': expect.closeTo(-0.02968215370420213, 12),
    });
    const growth = Object.values(months).reduce<number>((product, change) => product * (1 + Number(change)), 1);
    expect(growth).toBeCloseTo(1.211469, 12);
  });

  it('begin with the deposit, also where it is the end of another month', () => {
    expect(figures(curveFrom('2026-03-01', [100, 110, 121]))).toEqual({ '2026-03': expect.closeTo(0.21, 12) });
  });

  it('are none for a month without values and for the one after it', () => {
    const [deposit, ...days] = curveFrom('2026-01-30', [100, 110, 120]);
    const later = curveFrom('2026-03-31', [130, 140, 154]);
    expect(figures([deposit!, ...days, ...later.slice(1)])).toEqual({
      '2026-01': expect.closeTo(0.2, 12),
      '2026-02': 'no_values',
      '2026-03': 'no_values',
      '2026-04': expect.closeTo(0.1, 12),
    });
  });

  it('end with ruin', () => {
    expect(figures(curveFrom('2026-01-31', [100, 0, 0]))).toEqual({ '2026-01': -1, '2026-02': 'nothing_left' });
  });

  it('are none at all before the first value', () => {
    expect(monthlyReturnsOf(WALK.slice(0, 1))).toEqual([]);
  });
});
