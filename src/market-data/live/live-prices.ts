import type { Clock } from '../../domain/clock.js';
import type { ObservedPrice } from '../../domain/market/market-snapshot.js';
import { CACHE_MS } from './cache-ages.js';
import type { Exchange } from './exchanges/exchange.js';
import { FetchCache } from './fetch-cache.js';

/** So long after it was asked for, a price still answers a look: fetched before the moment of the look, used in it. */
const LOOK_WITHIN_MS = CACHE_MS.price + 10_000;
/** Looks that have begun may still ask for what was known at their moment. */
const KEPT_MS = 120_000;

interface SeenPrice {
  readonly askedAt: number;
  readonly price: ObservedPrice;
}

/** The prices that this process has seen lately, so that a look at a moment finds what was known at it, and nothing later. */
export class LivePrices {
  private readonly cache: FetchCache<void>;
  /** Oldest first. */
  private readonly seen = new Map<string, SeenPrice[]>();
  /** When the last question went out that had no answer, ms. */
  private readonly failedAt = new Map<string, number>();

  constructor(private readonly clock: Clock) {
    this.cache = new FetchCache(clock);
  }

  /** Brings a price in, unless one has just come. @throws ApiFailure */
  async fetch(exchange: Exchange, symbol: string): Promise<void> {
    const key = keyOf(exchange, symbol);
    await this.cache.get(key, CACHE_MS.price, async () => {
      const askedAt = this.clock.now().getTime();
      const price = await exchange.price(symbol).catch((error: unknown) => {
        this.failedAt.set(key, askedAt);
        throw error;
      });
      const recent = (this.seen.get(key) ?? []).filter((one) => askedAt - one.askedAt <= KEPT_MS);
      this.seen.set(key, [...recent, { askedAt, price }]);
    });
  }

  /**
   * The newest price known at a moment; null where only later ones are. An exchange that has stopped answering has no
   * price, however fresh the last one was.
   * @throws ApiFailure
   */
  async at(exchange: Exchange, symbol: string, at: Date): Promise<ObservedPrice | null> {
    const known = this.newest(exchange, symbol, at);
    const failedAt = this.failedAt.get(keyOf(exchange, symbol)) ?? -Infinity;
    const hasFailedSince = failedAt > (known?.askedAt ?? -Infinity) && failedAt <= at.getTime();
    if (known && !hasFailedSince && at.getTime() - known.askedAt <= LOOK_WITHIN_MS) return known.price;
    await this.fetch(exchange, symbol);
    return this.newest(exchange, symbol, at)?.price ?? null;
  }

  private newest(exchange: Exchange, symbol: string, at: Date): SeenPrice | undefined {
    const known = this.seen.get(keyOf(exchange, symbol)) ?? [];
    return known.findLast(({ price }) => Date.parse(price.observed_at) <= at.getTime());
  }
}

function keyOf(exchange: Exchange, symbol: string): string {
  return `${exchange.channel} ${symbol}`;
}
