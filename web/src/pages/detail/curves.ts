import type { Schemas } from '../../api/client.js';

export type Snapshot = Pick<Schemas['SnapshotView'], 'taken_at' | 'total_value' | 'price'>;

export interface CurvePoint {
  readonly at: string;
  readonly value: number;
}

/** Floats from here on: a curve of pixels, never a figure. */
export function valueCurve(points: readonly Snapshot[]): CurvePoint[] {
  return points.map(({ taken_at, total_value }) => ({ at: taken_at, value: Number(total_value) }));
}

export function priceCurve(points: readonly Snapshot[]): CurvePoint[] {
  return points.flatMap(({ taken_at, price }) => (price === null ? [] : [{ at: taken_at, value: Number(price) }]));
}

/** What the first value would be had it all been in the asset since the first price. */
export function holdCurve(points: readonly Snapshot[]): CurvePoint[] {
  const first = points.find(({ price }) => price !== null);
  if (!first) return [];
  const units = Number(first.total_value) / Number(first.price);
  return priceCurve(points).map(({ at, value }) => ({ at, value: units * value }));
}

/** How far below its highest value so far, in percent, 0 or less. */
export function drawdownCurve(points: readonly Snapshot[]): CurvePoint[] {
  let peak = 0;
  return valueCurve(points).map(({ at, value }) => {
    peak = Math.max(peak, value);
    return { at, value: peak === 0 ? 0 : (value / peak - 1) * 100 };
  });
}
