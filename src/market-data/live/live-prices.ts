import type { Clock } from '../../domain/clock.js';
import type { ObservedPrice } from '../../domain/market/market-snapshot.js';
import type { Exchange } from './exchanges/ccxt-client.js';
import { FetchCache, CACHE_MS } from './fetch-cache.js';
import type { SharedFetches } from './shared-fetches.js';

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
  private readonly cache: FetchCache<SeenPrice>;
  /** Oldest first. */
  private readonly seen = new Map<string, SeenPrice[]>();
  /** When the last question went out that had no answer, ms. */
  private readonly failedAt = new Map<string, number>();

  constructor(
    private readonly clock: Clock,
    shared: SharedFetches | null,
  ) {
    this.cache = new FetchCache(clock, shared);
  }

  /** Brings a price in, unless one has just come. @throws ApiFailure */
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

  /** Many may have waited for the same price, and another process may have asked for one of before the last. */
  private remember(key: string, price: SeenPrice): void {
    const known = this.seen.get(key) ?? [];
    if (known.some(({ askedAt }) => askedAt === price.askedAt)) return;
    const recent = known.filter(({ askedAt }) => price.askedAt - askedAt <= KEPT_MS);
    this.seen.set(
      key,
      [...recent, price].sort((one, other) => one.askedAt - other.askedAt),
    );
  }

  /**
   * The newest price known at a moment; null where only later ones are. An exchange that has stopped answering has no
   * price, however fresh the last one was.
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
    if (!known || at.getTime() - known.askedAt > LOOK_WITHIN_MS) return null;
    const failedAt = this.failedAt.get(keyOf(exchange, symbol)) ?? -Infinity;
    return failedAt > known.askedAt && failedAt <= at.getTime() ? null : known;
  }

  /** For a look that another process has begun and left: the price it had fetched may still be the newest of all. */
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
