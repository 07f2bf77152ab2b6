import type { Clock } from '../../domain/clock.js';
import type { ObservedPrice } from '../../domain/market/market-snapshot.js';
import type { Exchange } from './exchanges/ccxt-client.js';
import { FetchCache, CACHE_MS } from './fetch-cache.js';
import type { SharedFetches } from './shared-fetches.js';

/**
 * Maximum age of a fetched price for use at a given time: prices are fetched shortly before the time of a run is fixed.
 */
const MAX_USE_AGE_MS = CACHE_MS.price + 10_000;
/** Prices are retained this long for runs that have started but not yet asked. */
const RETENTION_MS = 120_000;

interface SeenPrice {
  readonly askedAt: number;
  readonly price: ObservedPrice;
}

/**
 * Recent prices of this process, so that a request for a given time gets the price known at that time and nothing
 * later.
 */
export class LivePrices {
  private readonly cache: FetchCache<SeenPrice>;
  /** Oldest first. */
  private readonly seen = new Map<string, SeenPrice[]>();
  /** When the last failed request was sent, ms. */
  private readonly failedAt = new Map<string, number>();

  constructor(
    private readonly clock: Clock,
    shared: SharedFetches | null,
  ) {
    this.cache = new FetchCache(clock, shared);
  }

  /** Fetches the price unless a recent one is cached. @throws ApiFailure */
  async fetch(exchange: Exchange, symbol: string): Promise<void> {
    const key = keyOf(exchange, symbol);
    const begunAt = this.clock.now().getTime();
    try {
      const newest = await this.cache.get(key, CACHE_MS.price, async () => {
        const askedAt = this.clock.now().getTime();
        return { askedAt, price: await exchange.price(symbol) };
      });
      this.remember(key, newest);
    } catch (error) {
      this.failedAt.set(key, begunAt);
      throw error;
    }
  }

  /** Ignores a price that another caller has stored, and sorts, because a price from another process can be older. */
  private remember(key: string, price: SeenPrice): void {
    const known = this.seen.get(key) ?? [];
    if (known.some(({ askedAt }) => askedAt === price.askedAt)) return;
    const recent = known.filter(({ askedAt }) => price.askedAt - askedAt <= RETENTION_MS);
    this.seen.set(
      key,
      [...recent, price].sort((one, other) => one.askedAt - other.askedAt),
    );
  }

  /**
   * The newest price known at a time; null if only later ones are known. An exchange that no longer answers has no
   * price, however fresh its last one is.
   *
   * @throws ApiFailure
   */
  async at(exchange: Exchange, symbol: string, at: Date): Promise<ObservedPrice | null> {
    const known = this.usable(exchange, symbol, at) ?? (await this.recalled(exchange, symbol, at));
    if (known) return known.price;
    await this.fetch(exchange, symbol);
    return this.newest(exchange, symbol, at)?.price ?? null;
  }

  private usable(exchange: Exchange, symbol: string, at: Date): SeenPrice | null {
    const known = this.newest(exchange, symbol, at);
    if (!known || at.getTime() - known.askedAt > MAX_USE_AGE_MS) return null;
    const failedAt = this.failedAt.get(keyOf(exchange, symbol)) ?? -Infinity;
    return failedAt > known.askedAt && failedAt <= at.getTime() ? null : known;
  }

  /**
   * Another process may have fetched the price before it handed over the run, and its price may still be the newest.
   */
  private async recalled(exchange: Exchange, symbol: string, at: Date): Promise<SeenPrice | null> {
    const last = await this.cache.last(keyOf(exchange, symbol));
    if (last) this.remember(keyOf(exchange, symbol), last);
    return this.usable(exchange, symbol, at);
  }

  private newest(exchange: Exchange, symbol: string, at: Date): SeenPrice | undefined {
    const known = this.seen.get(keyOf(exchange, symbol)) ?? [];
    return known.findLast(({ price }) => Date.parse(price.observed_at) <= at.getTime());
  }
}

function keyOf(exchange: Exchange, symbol: string): string {
  return `price ${exchange.channel} ${symbol}`;
}
