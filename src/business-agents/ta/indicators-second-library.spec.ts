import { expect, it } from '@jest/globals';
import { bb, ema, macd, rma, rsi, tr } from 'indicatorts';
import { SimulatedSource } from '../../market-data/simulated/simulated-source.js';
import { indicatorsOf, type Indicators } from './indicators.js';

/**
 * The same figures from another library, written by other people. The two begin their averages differently; after
 * so many candles nothing of the beginning is left: (1 - 1/14) ** 2000 is 4e-65.
 */
const WARM_UP = 2000;
const COMPARED = 40;
const TOLERANCE = 1e-8;

const candles = await new SimulatedSource('second library').candles(
  'BTC',
  '1h',
  WARM_UP + COMPARED,
  new Date('2026-03-14T12:00:00Z'),
);
const highs = candles.map(({ high }) => high);
const lows = candles.map(({ low }) => low);
const closes = candles.map(({ close }) => close);

const bands = bb(closes, { period: 20 });
const moves = macd(closes, { fast: 12, slow: 26, signal: 9 });

const EXPECTED: readonly [string, readonly number[], (indicators: Indicators) => number | null][] = [
  ['EMA 9', ema(closes, { period: 9 }), ({ ema9 }) => ema9],
  ['EMA 20', ema(closes, { period: 20 }), ({ ema20 }) => ema20],
  ['EMA 50', ema(closes, { period: 50 }), ({ ema50 }) => ema50],
  ['EMA 200', ema(closes, { period: 200 }), ({ ema200 }) => ema200],
  ['RSI 14 after Wilder', rsi(closes, { period: 14 }), ({ rsi14 }) => rsi14],
  [
    'MACD 12/26/9',
    moves.macdLine.map((line, index) => line - moves.signalLine[index]!),
    ({ macdHistogram }) => macdHistogram,
  ],
  ['the lower Bollinger band', bands.lower, ({ bollinger }) => bollinger!.lower],
  ['the middle of the Bollinger bands', bands.middle, ({ bollinger }) => bollinger!.middle],
  ['the upper Bollinger band', bands.upper, ({ bollinger }) => bollinger!.upper],
  // The library's own average true range is a plain mean; Wilder's is the rolling average of the true range.
  ['ATR 14 after Wilder', rma(tr(highs, lows, closes), { period: 14 }), ({ atr14 }) => atr14],
];

const ours = Array.from({ length: COMPARED }, (_, index) => indicatorsOf(candles.slice(0, WARM_UP + index + 1)));

it.each(EXPECTED)('%s agrees with a second library to 1e-8 of a dollar or a point', (_name, theirs, read) => {
  const differences = ours.map((indicators, index) => Math.abs(read(indicators)! - theirs[WARM_UP + index]!));
  expect(Math.max(...differences)).toBeLessThan(TOLERANCE);
  // The figures vary, so the agreement is no accident.
  expect(new Set(ours.map(read)).size).toBe(COMPARED);
});
