import type { Candle, ObservedPrice, ObservedValue } from '../../src/domain/market/market-snapshot.js';
import type { CandleInterval, MarketDataSource, SeriesName } from '../../src/market-data/market-data-source.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Enough for every business agent to say something, and nothing that a circuit breaker or a risk rule minds. */
const CALM = { fear_greed: 50, dxy: 100, vix: 18, hash_rate: 1e9, difficulty: 1e14 };

/** A market that says what the test wants: one price for all times, and daily series of one value. */
export class FixedMarket implements MarketDataSource {
  readonly market = 'replay';
  readonly traits = { priceFrom: 'ticker', monthlySeries: [] } as const;

  constructor(
    /** Decimal text; null: no price. */
    public priceText: string | null = '100000',
    public readonly daily: Partial<Record<SeriesName, number>> = CALM,
  ) {}

  hasMarket(): boolean {
    return true;
  }

  async price(_symbol: string, at: Date): Promise<ObservedPrice | null> {
    if (this.priceText === null) return null;
    return { value: this.priceText, source: 'fixed', observed_at: at.toISOString() };
  }

  async candles(_symbol: string, interval: CandleInterval, count: number, at: Date): Promise<Candle[]> {
    const ms = interval === '1h' ? HOUR_MS : HOUR_MS / 4;
    const last = Math.floor(at.getTime() / ms) * ms;
    const price = Number(this.priceText ?? 0) || 100_000;
    return Array.from({ length: count }, (_, index) => {
      const closeTime = last - (count - 1 - index) * ms;
      return {
        openTime: closeTime - ms,
        closeTime,
        open: price,
        high: price,
        low: price,
        close: price,
        volume: this.hourVolume * (ms / HOUR_MS),
      };
    });
  }

  /** Base units that every hour trades: enough for any order, unless told. */
  hourVolume = 1_000_000;

  candleSource(): string {
    return 'fixed';
  }

  /** Of BTC alone, as real history has them; tests of others put theirs in. */
  readonly otherFunding = new Map<string, number>();

  async fundingRates(symbol: string, days: number, at: Date): Promise<ObservedValue[]> {
    const value = symbol === 'BTC' ? this.daily.funding : this.otherFunding.get(symbol);
    return valuesOf(value, days, at);
  }

  async series(name: SeriesName, days: number, at: Date): Promise<ObservedValue[]> {
    return valuesOf(this.daily[name], days, at);
  }
}

function valuesOf(value: number | undefined, days: number, at: Date): ObservedValue[] {
  if (value === undefined) return [];
  const today = Math.floor(at.getTime() / DAY_MS) * DAY_MS;
  return Array.from({ length: days }, (_, index) => ({
    value,
    source: 'fixed',
    observed_at: new Date(today - (days - 1 - index) * DAY_MS).toISOString(),
  })).filter(({ observed_at }) => Date.parse(observed_at) > at.getTime() - days * DAY_MS);
}
