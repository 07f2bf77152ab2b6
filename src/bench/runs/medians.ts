/** Middle of the values; of an even number of them, the lower of the two. NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
}

/** Three significant places behind the point are plenty for a figure that a machine measured. */
export function rounded(value: number, places = 3): number {
  return Number(value.toFixed(places));
}
