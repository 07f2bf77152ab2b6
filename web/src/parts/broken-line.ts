import { LineSeries, type IChartApi, type ISeriesApi, type LineSeriesPartialOptions } from 'lightweight-charts';
import type { TimeZoneChoice } from '../format/time.js';
import { onePerSecond } from './chart-points.js';

export interface BrokenPoint {
  readonly at: string;
  /** Null: a gap in the line. */
  readonly value: number | null;
}

interface Point {
  readonly at: string;
  readonly value: number;
}

/** Splits a line at its gaps. */
export function partsOf(points: readonly BrokenPoint[]): Point[][] {
  const parts: Point[][] = [];
  let open: Point[] | null = null;
  for (const { at, value } of points) {
    if (value === null) open = null;
    else if (open) open.push({ at, value });
    else parts.push((open = [{ at, value }]));
  }
  return parts;
}

/**
 * Draws a line with gaps, which the chart would otherwise bridge: one series per part, a dot for a single point.
 */
export function addBrokenLine(
  chart: IChartApi,
  points: readonly BrokenPoint[],
  zone: TimeZoneChoice,
  options: LineSeriesPartialOptions,
): ISeriesApi<'Line'>[] {
  const parts = partsOf(points);
  return parts.map((part, index) => {
    const series = chart.addSeries(LineSeries, {
      ...options,
      pointMarkersVisible: part.length === 1,
      lastValueVisible: index === parts.length - 1,
    });
    series.setData(onePerSecond(part, zone));
    return series;
  });
}
