/** Points of m(g): regime points for the wanted side -> multiplier of risk, leverage and target. */
const ANCHORS: readonly (readonly [points: number, multiplier: number])[] = [
  [20, 0.3],
  [40, 0.6],
  [60, 1],
  [80, 1.3],
  [100, 1.6],
];

/** The smallest value of {@link regimeMultiplier}. */
export const LOWEST_MULTIPLIER = ANCHORS[0]![1];

/** Linear between the points, .3 up to 20. @param points 0..100. */
export function regimeMultiplier(points: number): number {
  const above = ANCHORS.findIndex(([anchor]) => points <= anchor);
  if (above <= 0) return above === 0 ? LOWEST_MULTIPLIER : ANCHORS.at(-1)![1];
  const [lowPoints, low] = ANCHORS[above - 1]!;
  const [highPoints, high] = ANCHORS[above]!;
  return low + ((high - low) * (points - lowPoints)) / (highPoints - lowPoints);
}
