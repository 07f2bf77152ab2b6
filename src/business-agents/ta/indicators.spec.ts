import { describe, expect, it } from '@jest/globals';
import { hourlyCandles } from '../../../test/support/fake-market-source.js';
import { SimulatedSource } from '../../market-data/simulated/simulated-source.js';
import { indicatorsOf } from './indicators.js';

const AT = new Date('2026-03-14T12:00:00Z');
const candles = await new SimulatedSource('indicators').candles('BTC', '1h', 300, AT);
const closes = candles.map(({ close }) => close);

/** The textbook formulas, implemented without the library. */
function emaSeries(values: readonly number[], period: number): number[] {
  const result: number[] = [];
  for (const value of values) {
    const previous = result.at(-1) ?? value;
    result.push(previous + (2 / (period + 1)) * (value - previous));
  }
  return result;
}

function wilder(values: readonly number[], period: number): number {
  let average = values.slice(0, period).reduce((sum, value) => sum + value, 0) / period;
  for (const value of values.slice(period)) average = (average * (period - 1) + value) / period;
  return average;
}

function rsi(values: readonly number[], period: number): number {
  const moves = values.slice(1).map((value, index) => value - values[index]!);
  const gain = wilder(
    moves.map((move) => Math.max(move, 0)),
    period,
  );
  const loss = wilder(
    moves.map((move) => Math.max(-move, 0)),
    period,
  );
  return 100 - 100 / (1 + gain / loss);
}

describe('indicators of 300 hours agree with the textbook formulas', () => {
  const indicators = indicatorsOf(candles);

  it.each([
    ['ema9', 9],
    ['ema20', 20],
    ['ema50', 50],
    ['ema200', 200],
  ] as const)('%s', (name, period) => {
    expect(indicators[name]).toBeCloseTo(emaSeries(closes, period).at(-1)!, 6);
  });

  it('RSI 14 after Wilder', () => {
    expect(indicators.rsi14).toBeCloseTo(rsi(closes, 14), 8);
  });

  it('MACD 12/26/9', () => {
    const slow = emaSeries(closes, 26);
    const line = emaSeries(closes, 12).map((fast, index) => fast - slow[index]!);
    const signal = emaSeries(line.slice(25), 9);
    expect(indicators.macdHistogram).toBeCloseTo(line.at(-1)! - signal.at(-1)!, 6);
  });

  it('Bollinger bands 20/2', () => {
    const last = closes.slice(-20);
    const middle = last.reduce((sum, value) => sum + value, 0) / 20;
    const width = 2 * Math.sqrt(last.reduce((sum, value) => sum + (value - middle) ** 2, 0) / 20);
    expect(indicators.bollinger!.lower).toBeCloseTo(middle - width, 6);
    expect(indicators.bollinger!.middle).toBeCloseTo(middle, 6);
    expect(indicators.bollinger!.upper).toBeCloseTo(middle + width, 6);
  });

  it('ATR 14 after Wilder', () => {
    const ranges = candles.map(({ high, low }, index) => {
      const before = closes[index - 1];
      return before === undefined ? high - low : Math.max(high - low, Math.abs(high - before), Math.abs(low - before));
    });
    expect(indicators.atr14).toBeCloseTo(wilder(ranges, 14), 6);
  });
});

describe('indicators of published or hand-computed examples', () => {
  it('RSI: the worked example of StockCharts, 70.5 after 14 changes and 37.8 at its end', () => {
    const prices = [
      44.3389, 44.0902, 44.1497, 43.6124, 44.3278, 44.8264, 45.0955, 45.4245, 45.8433, 46.0826, 45.8931, 46.0328,
      45.614, 46.282, 46.282, 46.0028, 46.0328, 46.4116, 46.2222, 45.6439, 46.2122, 46.2521, 45.7137, 46.4515, 45.7835,
      45.3548, 44.0288, 44.1783, 44.2181, 44.5672, 43.4205, 42.6628, 43.1314,
    ];
    expect(indicatorsOf(hourlyCandles(AT, prices.slice(0, 15))).rsi14).toBeCloseTo(70.53, 2);
    expect(indicatorsOf(hourlyCandles(AT, prices)).rsi14).toBeCloseTo(37.79, 1);
  });

  it('Bollinger: the closes 1 to 20 have mean 10.5 and standard deviation sqrt(33.25)', () => {
    const { bollinger } = indicatorsOf(
      hourlyCandles(
        AT,
        Array.from({ length: 20 }, (_, index) => index + 1),
      ),
    );
    expect(bollinger!.middle).toBe(10.5);
    expect(bollinger!.upper).toBeCloseTo(10.5 + 2 * Math.sqrt(33.25), 12);
  });

  it('ATR: fourteen ranges of 2 and one of 16 give 2 + 14 / 14 = 3', () => {
    const quiet = hourlyCandles(AT, Array<number>(15).fill(100), 1);
    const wide = [...quiet.slice(0, -1), { ...quiet.at(-1)!, high: 108, low: 92 }];
    expect(indicatorsOf(wide).atr14).toBeCloseTo(3, 12);
  });

  it('EMA 9: nine closes of 10 and one of 20 give 10 + 10 * 2 / 10 = 12', () => {
    expect(indicatorsOf(hourlyCandles(AT, [...Array<number>(9).fill(10), 20])).ema9).toBeCloseTo(12, 12);
  });

  it('MACD: a market that never moves has a histogram of 0', () => {
    expect(indicatorsOf(hourlyCandles(AT, Array<number>(40).fill(10))).macdHistogram).toBe(0);
  });
});

describe('indicators at their limits', () => {
  it('are null before they have enough candles', () => {
    expect(indicatorsOf(hourlyCandles(AT, [100]))).toEqual({
      close: 100,
      ema9: null,
      ema20: null,
      ema50: null,
      ema200: null,
      rsi14: null,
      macdHistogram: null,
      bollinger: null,
      atr14: null,
    });
  });

  it('rate a market without any move as neither strong nor weak', () => {
    expect(indicatorsOf(hourlyCandles(AT, Array<number>(30).fill(100))).rsi14).toBe(50);
    const rising = Array.from({ length: 30 }, (_, index) => 100 + index);
    expect(indicatorsOf(hourlyCandles(AT, rising)).rsi14).toBe(100);
  });
});
