import type { DayValue } from '../../src/domain/portfolio/performance.js';

/** Closes of days in a row, with the deposit as the end of the day before. @param deposit null: the curve has none. */
export function dailyCurve(closes: readonly number[], deposit: number | null = 10_000): DayValue[] {
  const curve = closes.map((value, day) => ({ day, value }));
  return deposit === null ? curve : [{ day: -1, value: deposit }, ...curve];
}
