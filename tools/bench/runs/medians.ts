/** Middle of the values; of an even number of them, the lower of the two. NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
}

/** Median of each field of records with the same fields; null where one has none. */
export function medians<Field extends string>(
  records: readonly Readonly<Record<Field, number | null>>[],
): Record<Field, number | null> {
  const fields = Object.keys(records[0] ?? {}) as Field[];
  const of = (field: Field): number | null => {
    const values = records.map((record) => record[field]);
    return values.includes(null) ? null : rounded(median(values as number[]), 1);
  };
  return Object.fromEntries(fields.map((field) => [field, of(field)])) as Record<Field, number | null>;
}

/** Three significant places behind the point are plenty for a figure that a machine measured. */
export function rounded(value: number, places = 3): number {
  return Number(value.toFixed(places));
}
