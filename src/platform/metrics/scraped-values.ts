import type { Gauge } from 'prom-client';

/** Values that have to be asked for. */
export interface ScrapedSource {
  /** Asks for them. @returns a function that shows them. */
  read(): Promise<() => void>;
  /** Takes away what was shown. */
  forget(): void;
}

/** An older value is asked for again. */
const KEPT_MS = 5000;
/** Prometheus waits for ten seconds unless told. */
const LIMIT_MS = 2000;

/**
 * Sources that are asked one after the other, so that a scrape needs one connection. One question at a time: as long as
 * the last one is not answered, no further one is sent, however often somebody scrapes.
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

  /** One more, asked after the others. */
  add(source: ScrapedSource): void {
    source.forget();
    this.sources.push(source);
  }

  /** Values that are at most 5 s old are shown, after 2 s at most. Never rejects. */
  async refresh(): Promise<void> {
    if (performance.now() - this.readAt < KEPT_MS) return;
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

/** Makes gauges absent: a reset alone would show zero for one without labels. */
export function makeAbsent(...gauges: readonly Gauge[]): void {
  for (const gauge of gauges) {
    gauge.reset();
    gauge.remove({});
  }
}
