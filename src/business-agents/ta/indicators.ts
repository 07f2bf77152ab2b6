import { ATR, BollingerBands, EMA, MACD, RSI } from 'trading-signals';
import type { Candle } from '../../domain/market/market-snapshot.js';

/** Technical indicators at the close of the last candle. Null: too few candles. */
export interface Indicators {
  readonly close: number;
  readonly ema9: number | null;
  readonly ema20: number | null;
  readonly ema50: number | null;
  readonly ema200: number | null;
  /** Wilder's relative strength index, 0..100; 50 if all closes are equal. */
  readonly rsi14: number | null;
  /** MACD 12/26 minus its signal line 9, in the unit of the price. */
  readonly macdHistogram: number | null;
  /** 20 closes, two standard deviations of the population. */
  readonly bollinger: { readonly lower: number; readonly middle: number; readonly upper: number } | null;
  /** Wilder's average true range, in the unit of the price. */
  readonly atr14: number | null;
}

/**
 * Computes all indicators in one pass; missing candles are not filled. Moving averages start with the first close,
 * Wilder's averages with the mean of the first 14 values.
 *
 * @param candles ascending, at least one.
 */
export function indicatorsOf(candles: readonly Candle[]): Indicators {
  const averages = { ema9: new EMA(9), ema20: new EMA(20), ema50: new EMA(50), ema200: new EMA(200) };
  const rsi = new RSI(14);
  const macd = new MACD(new EMA(12), new EMA(26), new EMA(9));
  const bollinger = new BollingerBands(20, 2);
  const atr = new ATR(14);
  let rsi14: number | null = null;
  let macdHistogram: number | null = null;
  let bands: Indicators['bollinger'] = null;
  let atr14: number | null = null;
  for (const { high, low, close } of candles) {
    for (const average of Object.values(averages)) average.update(close, false);
    rsi14 = rsi.update(close, false);
    macdHistogram = macd.update(close, false)?.histogram ?? null;
    bands = bollinger.update(close, false);
    atr14 = atr.update({ high, low, close }, false);
  }
  const first = candles[0]!.close;
  // Without a loss the library returns 100, even if there was no gain either.
  if (rsi14 !== null && candles.every((candle) => candle.close === first)) rsi14 = 50;
  const { ema9, ema20, ema50, ema200 } = averages;
  return {
    close: candles.at(-1)!.close,
    ema9: valueOf(ema9),
    ema20: valueOf(ema20),
    ema50: valueOf(ema50),
    ema200: valueOf(ema200),
    rsi14,
    macdHistogram,
    bollinger: bands,
    atr14,
  };
}

function valueOf(average: EMA): number | null {
  return average.isStable ? average.getResultOrThrow() : null;
}
