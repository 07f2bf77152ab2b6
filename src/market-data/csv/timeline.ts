/** Things that became known one after the other, found by time without walking through them. */
export class Timeline<T> {
  private readonly times: Float64Array;

  /** @param entries ascending by `timeOf` (ms). */
  constructor(
    private readonly entries: readonly T[],
    timeOf: (entry: T) => number,
  ) {
    this.times = Float64Array.from(entries, timeOf);
  }

  /** Index after the last entry whose time is <= `time`. */
  private end(time: number): number {
    let low = 0;
    let high = this.times.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.times[middle]! <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The newest entry known at `time`. */
  newest(time: number): T | null {
    return this.entries[this.end(time) - 1] ?? null;
  }

  /** The newest `count` entries known at `time`, ascending. */
  last(count: number, time: number): T[] {
    const end = this.end(time);
    return this.entries.slice(Math.max(0, end - count), end);
  }

  /** Entries with `after` < time <= `until`, ascending. */
  between(after: number, until: number): T[] {
    return this.entries.slice(this.end(after), this.end(until));
  }
}
