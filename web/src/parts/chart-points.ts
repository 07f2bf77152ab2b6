import type { UTCTimestamp } from 'lightweight-charts';
import { chartTime, type TimeZoneChoice } from '../format/time.js';

interface Point {
  readonly at: string;
  readonly value: number;
}

/** Ascending and unique seconds, as the chart requires; the last point of a second counts. */
export function onePerSecond(curve: readonly Point[], zone: TimeZoneChoice): { time: UTCTimestamp; value: number }[] {
  const found = new Map(curve.map(({ at, value }) => [chartTime(at, zone), value]));
  return [...found].sort(([a], [b]) => a - b).map(([time, value]) => ({ time: time as UTCTimestamp, value }));
}
