import type { Candle, ObservedPrice } from '../../../domain/market/market-snapshot.js';
import type { CandleInterval } from '../../market-data-source.js';

/** An exchange whose public prices and candles the program can see: one for each trade channel. */
export interface Exchange {
  /** Name of the trade channel that trades there. */
  readonly channel: string;

  /** Whose prices and candles of a symbol they are, by API and the exchange's own name of the market. */
  sourceOf(symbol: string): string;

  /**
   * The newest price that was made there, in dollars. `observed_at` is by our clock: the exchange says how old the price
   * is, and nobody knows how far its clock is off.
   * @throws ApiFailure.
   */
  price(symbol: string): Promise<ObservedPrice>;

  /**
   * The newest candles that have closed, ascending, about `count`; missing ones are left out.
   * @throws ApiFailure.
   */
  candles(symbol: string, interval: CandleInterval, count: number): Promise<readonly Candle[]>;
}
