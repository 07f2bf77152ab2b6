import type { Schemas } from '../../api/client.js';

export type Snapshot = Pick<Schemas['SnapshotView'], 'taken_at' | 'total_value' | 'price'>;

export interface CurvePoint {
  readonly at: string;
  readonly value: number;
}

type Valued = Pick<Schemas['InstanceView'], 'total_value' | 'archived_at' | 'positions'>;

/**
 * Appends the current value: snapshots are stored with runs that change the value and once an hour, but values change
 * every minute.
 * @param readAt time of the value for a strategy without positions.
 */
export function withPresent(points: readonly Snapshot[], instance: Valued, readAt: string): readonly Snapshot[] {
  if (instance.archived_at !== null) return points;
  const [position] = instance.positions;
  const at = position ? position.current_price_at : readAt;
  const last = points.at(-1)?.taken_at;
  if (!at || (last !== undefined && Date.parse(at) <= Date.parse(last))) return points;
  return [...points, { taken_at: at, total_value: instance.total_value, price: position?.current_price ?? null }];
}

/** Floats are precise enough for drawing; never shown as figures. */
export function valueCurve(points: readonly Snapshot[]): CurvePoint[] {
  return points.map(({ taken_at, total_value }) => ({ at: taken_at, value: Number(total_value) }));
}

export function priceCurve(points: readonly Snapshot[]): CurvePoint[] {
  return points.flatMap(({ taken_at, price }) => (price === null ? [] : [{ at: taken_at, value: Number(price) }]));
}

/** Value of buying the asset with everything at the first price. */
export function holdCurve(points: readonly Snapshot[]): CurvePoint[] {
  const first = points.find(({ price }) => price !== null);
  if (!first) return [];
  const units = Number(first.total_value) / Number(first.price);
  return priceCurve(points).map(({ at, value }) => ({ at, value: units * value }));
}

/** Drawdown from the highest value so far, in percent, 0 or less. */
export function drawdownCurve(points: readonly Snapshot[]): CurvePoint[] {
  let peak = 0;
  return valueCurve(points).map(({ at, value }) => {
    peak = Math.max(peak, value);
    return { at, value: peak === 0 ? 0 : (value / peak - 1) * 100 };
  });
}
