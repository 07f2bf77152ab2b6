import { LineSeries, type IChartApi, type ISeriesApi, type LineSeriesPartialOptions } from 'lightweight-charts';
import type { TimeZoneChoice } from '../format/time.js';
import { onePerSecond } from './chart-points.js';

export interface BrokenPoint {
  readonly at: string;
  /** Null: there is none, and the line must not go over it. */
  readonly value: number | null;
}

interface Point {
  readonly at: string;
  readonly value: number;
}

/** The parts of a line between its gaps, in order. */
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
 * A line with its gaps, which the chart itself would draw over: a series for each part, and a dot for what stands alone.
 * @returns the series of the parts.
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
