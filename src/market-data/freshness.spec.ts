import { expect, it } from '@jest/globals';
import { maxCandleAgeMs, maxPriceAgeMs, maxSeriesAgeMs } from './freshness.js';
import type { SourceTraits } from './market-data-source.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ticker: SourceTraits = { priceFrom: 'ticker', monthlySeries: [] };
const history: SourceTraits = { priceFrom: 'candle_close', monthlySeries: ['us10y'] };

it('allows a ticker price two minutes, and a price from a candle two hours', () => {
  expect(maxPriceAgeMs(ticker)).toBe(2 * MINUTE);
  expect(maxPriceAgeMs(history)).toBe(2 * HOUR);
});

it('allows candles two of their own lengths', () => {
  expect(maxCandleAgeMs('15m')).toBe(30 * MINUTE);
  expect(maxCandleAgeMs('1h')).toBe(2 * HOUR);
});

it.each([
  ['fear_greed', 36],
  ['dxy', 240],
  ['us10y', 240],
  ['vix', 240],
  ['m2_yoy', 240],
  ['fed_funds', 240],
  ['hash_rate', 48],
  ['difficulty', 48],
  ['active_addresses', 48],
  ['transactions', 48],
  ['nvt', 48],
  ['mvrv', 48],
  ['fees', 48],
  ['funding', 48],
] as const)('allows %s %d hours', (name, hours) => {
  expect(maxSeriesAgeMs(name, ticker)).toBe(hours * HOUR);
});

it('allows a monthly series one month more', () => {
  expect(maxSeriesAgeMs('us10y', history)).toBe((240 + 31 * 24) * HOUR);
  expect(maxSeriesAgeMs('vix', history)).toBe(240 * HOUR);
});
