import type { Gauge } from 'prom-client';

/** Values that need a query at a scrape. */
export interface ScrapedSource {
  /** @returns a function that publishes the values. */
  read(): Promise<() => void>;
  forget(): void;
}

/** An older value is read again. */
const CACHED_MS = 5000;
/** Well below Prometheus' default timeout of ten seconds. */
const LIMIT_MS = 2000;

/**
 * Reads its sources one after the other, so that a scrape needs one connection. Only one read runs at a time: while it
 * has no answer, further scrapes wait for it instead of sending another.
 */
export class ScrapedValues {
  private readonly sources: ScrapedSource[];
  private reading: Promise<void> | null = null;
  private readAt = -Infinity;

  constructor(
    sources: readonly [ScrapedSource, ...ScrapedSource[]],
    private readonly onError: (error: Error) => void,
  ) {
    this.sources = [...sources];
    this.forget(this.sources);
  }

  add(source: ScrapedSource): void {
    source.forget();
    this.sources.push(source);
  }

  /** Publishes values that are at most 5 s old, within 2 s. Never rejects. */
  async refresh(): Promise<void> {
    if (performance.now() - this.readAt < CACHED_MS) return;
    this.reading ??= this.readAll().finally(() => (this.reading = null));
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<'too late'>((resolve) => {
      timer = setTimeout(() => resolve('too late'), LIMIT_MS);
    });
    const outcome = await Promise.race([this.reading, tooLate]);
    clearTimeout(timer);
    if (outcome !== 'too late') return;
    this.forget(this.sources);
    this.onError(new Error(`No answer within ${LIMIT_MS / 1000} s.`));
  }

  private async readAll(): Promise<void> {
    const [gate, ...others] = this.sources as [ScrapedSource, ...ScrapedSource[]];
    if (await this.readOne(gate)) {
      for (const source of others) await this.readOne(source);
    } else this.forget(others);
    this.readAt = performance.now();
  }

  private async readOne(source: ScrapedSource): Promise<boolean> {
    try {
      const show = await source.read();
      source.forget();
      show();
      return true;
    } catch (error) {
      source.forget();
      this.onError(error as Error);
      return false;
    }
  }

  private forget(sources: readonly ScrapedSource[]): void {
    for (const source of sources) source.forget();
  }
}

/** A reset alone would show zero for a gauge without labels. */
export function makeAbsent(...gauges: readonly Gauge[]): void {
  for (const gauge of gauges) {
    gauge.reset();
    gauge.remove({});
  }
}
