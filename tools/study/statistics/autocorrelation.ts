/**
 * How much a series resembles itself `lag` steps later, -1..1: the usual estimate, with the mean and the variance of
 * the whole series. Steps without a value are left out pair by pair.
 *
 * @returns null when fewer than three pairs have both values or the series does not vary.
 */
export function autocorrelation(series: readonly (number | null)[], lag: number): number | null {
  const values = series.filter((value) => value !== null);
  if (values.length === 0) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  let sum = 0;
  let pairs = 0;
  for (let index = 0; index + lag < series.length; index++) {
    const [now, later] = [series[index]!, series[index + lag]!];
    if (now === null || later === null) continue;
    sum += (now - mean) * (later - mean);
    pairs++;
  }
  if (pairs < 3 || !(variance > 1e-12 * mean * mean)) return null;
  return sum / pairs / variance;
}
