import { describe, expect, it } from '@jest/globals';
import { chartTime, formatTime, spanOf } from './time.js';

describe('times of the console', () => {
  it('are marked as UTC in UTC mode', () => {
    expect(formatTime('2026-01-05T07:08:09.123Z', 'utc')).toBe('2026-01-05 07:08:09 UTC');
  });

  it('are local otherwise', () => {
    const local = new Date(2026, 0, 5, 7, 8, 9);
    expect(formatTime(local.toISOString(), 'local')).toBe('2026-01-05 07:08:09');
  });

  it('agree between chart and text', () => {
    expect(chartTime('2026-01-05T00:00:00.000Z', 'utc')).toBe(Date.UTC(2026, 0, 5) / 1000);
    const local = new Date(2026, 0, 5, 7, 8, 9);
    expect(chartTime(local.toISOString(), 'local')).toBe(Date.UTC(2026, 0, 5, 7, 8, 9) / 1000);
  });

  it.each([
    [-3, 'second', 0],
    [59.9, 'second', 59],
    [60, 'minute', 1],
    [5400, 'hour', 1],
    [90_000, 'hour', 25],
    [200_000, 'day', 2],
  ])('%d seconds are told as %s: %d', (seconds, unit, count) => {
    expect(spanOf(seconds)).toEqual({ unit, count });
  });
});
