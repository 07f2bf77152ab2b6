import { describe, expect, it } from '@jest/globals';
import { DailySeries } from './daily-series.js';
import { PriceLevels, dayOf } from './price-levels.js';
import { SimulatedSource } from './simulated-source.js';

const SEEDS = ['one', 'two', 'three', 'four'];
const FIRST = dayOf(Date.UTC(2016, 0, 1));
const DAYS = 3650;

function dailyReturns(levels: PriceLevels, symbol: string): number[] {
  return Array.from(
    { length: DAYS },
    (_, i) => levels.at(symbol, FIRST + i + 1).level - levels.at(symbol, FIRST + i).level,
  );
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function deviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
}

/** 3 for a normal distribution; more means fatter tails. */
function kurtosis(values: readonly number[]): number {
  const middle = mean(values);
  return mean(values.map((value) => (value - middle) ** 4)) / deviation(values) ** 4;
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  return mean(a.map((value, i) => (value - meanA) * (b[i]! - meanB))) / (deviation(a) * deviation(b));
}

describe.each(SEEDS)('ten simulated years of seed "%s"', (seed) => {
  const levels = new PriceLevels(seed);

  it.each(['BTC', 'ETH'])('move %s by 2 to 3 percent a day, with tails fatter than normal', (symbol) => {
    const returns = dailyReturns(levels, symbol);
    expect(deviation(returns)).toBeGreaterThan(0.02);
    expect(deviation(returns)).toBeLessThan(0.03);
    expect(kurtosis(returns)).toBeGreaterThan(4);
    expect(Math.max(...returns.map(Math.abs))).toBeLessThanOrEqual(0.25);
  });

  it.each([
    ['BTC', 65_000],
    ['ETH', 3_200],
  ])('have %s prices around %d', (symbol, longRun) => {
    const logs = Array.from({ length: DAYS }, (_, i) => levels.at(symbol, FIRST + i).level);
    expect(Math.exp(mean(logs)) / longRun).toBeGreaterThan(0.75);
    expect(Math.exp(mean(logs)) / longRun).toBeLessThan(1.4);
    expect(Math.exp(Math.max(...logs)) / longRun).toBeLessThan(4);
    expect(Math.exp(Math.min(...logs)) / longRun).toBeGreaterThan(0.25);
  });

  it('cluster their volatility: a large move is followed by large ones', () => {
    const sizes = dailyReturns(levels, 'BTC').map(Math.abs);
    expect(correlation(sizes.slice(1), sizes.slice(0, -1))).toBeGreaterThan(0.05);
  });

  it('go through all regimes', () => {
    const names = Array.from({ length: DAYS }, (_, i) => levels.regime(FIRST + i));
    for (const name of ['bull', 'bear', 'calm', 'wild'] as const) {
      const share = names.filter((other) => other === name).length / DAYS;
      expect(share).toBeGreaterThan(0.03);
      expect(share).toBeLessThan(0.6);
    }
  });

  it('move ETH with BTC, but not the same', () => {
    const together = correlation(dailyReturns(levels, 'BTC'), dailyReturns(levels, 'ETH'));
    expect(together).toBeGreaterThan(0.6);
    expect(together).toBeLessThan(0.95);
  });

  it('let sentiment follow the price of the previous month', () => {
    const series = new DailySeries(seed, levels);
    const days = Array.from({ length: DAYS }, (_, i) => FIRST + i);
    const moods = days.map((day) => series.valueOn('fear_greed', day));
    const moves = days.map((day) => levels.at('BTC', day).level - levels.at('BTC', day - 30).level);
    expect(correlation(moods, moves)).toBeGreaterThan(0.7);
    expect(moods.some((mood) => mood < 20)).toBe(true);
    expect(moods.some((mood) => mood > 80)).toBe(true);
  });
});

describe('sixty simulated days of hourly candles', () => {
  it('match the daily volatility, with tails fatter than normal', async () => {
    const candles = await new SimulatedSource('one').candles('BTC', '1h', 60 * 24, new Date('2026-02-01'));
    const returns = candles.map(({ open, close }) => Math.log(close / open));
    expect(deviation(returns) * Math.sqrt(24)).toBeGreaterThan(0.012);
    expect(deviation(returns) * Math.sqrt(24)).toBeLessThan(0.045);
    expect(kurtosis(returns)).toBeGreaterThan(4);
  });
});
