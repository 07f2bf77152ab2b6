import type { Candle } from '../../src/domain/market/market-snapshot.js';
import { CANDLE_INTERVAL_MS, type CandleInterval } from '../../src/market-data/market-data-source.js';
import { FixedMarket } from './fixed-market.js';

/** Of the present price. */
const MOVE_PER_HOUR = 0.002;
const HOUR_MS = 3_600_000;

/** A market that has moved in one direction for weeks, up to its present price. */
export class MovingMarket extends FixedMarket {
  constructor(
    public direction: 'up' | 'down',
    price = '100000',
    daily?: FixedMarket['daily'],
  ) {
    super(price, daily);
  }

  override async candles(_symbol: string, interval: CandleInterval, count: number, at: Date): Promise<Candle[]> {
    const ms = CANDLE_INTERVAL_MS[interval];
    const last = Math.floor(at.getTime() / ms) * ms;
    const sign = this.direction === 'up' ? -1 : 1;
    const priceAt = (time: number) =>
      Number(this.priceText) *
      (1 + (sign * MOVE_PER_HOUR * (last - time)) / HOUR_MS / (1 + (last - time) / HOUR_MS / 200));
    return Array.from({ length: count }, (_, index) => {
      const closeTime = last - (count - 1 - index) * ms;
      const openTime = closeTime - ms;
      const [open, close] = [priceAt(openTime), priceAt(closeTime)];
      const [high, low] = [Math.max(open, close) * 1.003, Math.min(open, close) * 0.997];
      return { openTime, closeTime, open, high, low, close, volume: 1_000_000 };
    });
  }
}
