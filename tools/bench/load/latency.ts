/** What became of one request. */
export interface Outcome {
  /** The kind of request within its list, for example `sort=-total_value`. */
  readonly variant: string;
  /** From the moment it was due until its last byte was there. */
  readonly milliseconds: number;
  /** 200, another status, or why there was no answer. */
  readonly status: number | string;
}

/** Milliseconds, two decimals. */
export interface Latency {
  readonly requests: number;
  readonly errors: number;
  readonly p50_ms: number;
  readonly p95_ms: number;
  readonly p99_ms: number;
  readonly max_ms: number;
}

/** Percentiles by nearest rank: each is a latency that was measured. Failed requests count with the time they took. */
export function latencyOf(outcomes: readonly Outcome[]): Latency {
  const sorted = outcomes.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  const rank = (fraction: number): number => {
    const value = sorted[Math.max(0, Math.ceil(sorted.length * fraction) - 1)] ?? 0;
    return Math.round(value * 100) / 100;
  };
  return {
    requests: outcomes.length,
    errors: outcomes.filter(({ status }) => status !== 200).length,
    p50_ms: rank(0.5),
    p95_ms: rank(0.95),
    p99_ms: rank(0.99),
    max_ms: rank(1),
  };
}
