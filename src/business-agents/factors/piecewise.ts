/** Points of a piecewise linear function, ascending by value: [raw value, normalised -1..1]. */
export type Anchors = readonly (readonly [value: number, normalised: number])[];

/** Linear between the anchors, constant beyond the first and the last. */
export function normalise(value: number, anchors: Anchors): number {
  const above = anchors.findIndex(([anchor]) => value < anchor);
  if (above === 0) return anchors[0]![1];
  if (above === -1) return anchors.at(-1)![1];
  const [lowValue, low] = anchors[above - 1]!;
  const [highValue, high] = anchors[above]!;
  return low + ((high - low) * (value - lowValue)) / (highValue - lowValue);
}
