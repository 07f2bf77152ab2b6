import { describe, expect, it } from '@jest/globals';
import { Money } from '../money/decimal.js';
import { dailyCurve } from '../../../test/support/daily-curve.js';
import { advanceDrawdown, annualizedReturnOf, sharpeRatioOf, sortinoRatioOf, winRateOf } from './performance.js';

const along = (values: readonly number[]) =>
  values.reduce((state, value) => advanceDrawdown(state, new Money(value)), {
    peakValue: new Money(values[0]!),
    maxDrawdown: 0,
  });

describe('the drawdown', () => {
  it('is the deepest fall from a peak, as a fraction of it', () => {
    // 120 -> 90 is 25 %, 150 -> 120 only 20 %
    expect(along([100, 120, 90, 110, 150, 120]).maxDrawdown).toBe(0.25);
    expect(along([100, 120, 90, 110, 150, 105]).maxDrawdown).toBe(0.3);
  });

  it('has the highest value as its peak', () => {
    expect(along([100, 120, 90]).peakValue.toNumber()).toBe(120);
    expect(along([100, 90, 120]).peakValue.toNumber()).toBe(120);
  });

  it('is 0 while the value only rises, and 1 when everything is lost', () => {
    expect(along([100, 100, 101]).maxDrawdown).toBe(0);
    expect(along([100, 0]).maxDrawdown).toBe(1);
    expect(along([0, 0]).maxDrawdown).toBe(0);
  });

  it('does not change on the same value again', () => {
    const once = along([100, 120, 90]);
    expect(advanceDrawdown(once, new Money(90))).toEqual(once);
  });
});

describe('the win rate', () => {
  it('is the winning share of closes, and null before the first', () => {
    expect(winRateOf(1, 1)).toBe(0.5);
    expect(winRateOf(3, 1)).toBe(0.75);
    expect(winRateOf(0, 2)).toBe(0);
    expect(winRateOf(0, 0)).toBeNull();
  });
});

const after = (days: number, current: number) =>
  annualizedReturnOf({
    initial: new Money(10_000),
    current: new Money(current),
    from: new Date('2024-01-01T00:00:00Z'),
    to: new Date(Date.parse('2024-01-01T00:00:00Z') + days * 86_400_000),
  });

describe('the annualized return', () => {
  it('compounds the growth to a year of 365 days', () => {
    expect(after(365, 12_100).value).toBeCloseTo(0.21, 12);
    // 1.1 ^ (365 / 73) - 1 = 1.1 ^ 5 - 1 = .61051
    expect(after(73, 11_000).value).toBeCloseTo(0.61051, 12);
    // two years: sqrt(1.21) - 1
    expect(after(730, 12_100).value).toBeCloseTo(0.1, 12);
    expect(after(365, 9_000).value).toBeCloseTo(-0.1, 12);
    expect(after(100, 0).value).toBe(-1);
  });

  it('is absent until 30 days have passed', () => {
    expect(after(29.999, 11_000)).toEqual({ value: null, reason: 'needs_30_days' });
    expect(after(30, 11_000).reason).toBeNull();
    expect(after(-1, 11_000).reason).toBe('needs_30_days');
  });

  it('is absent when it exceeds any number', () => {
    expect(after(30, 1e40)).toEqual({ value: null, reason: 'out_of_range' });
  });
});

const alternating = (days: number) => {
  const values = [100];
  for (let day = 0; day < days; day++) values.push(values.at(-1)! * (day % 2 === 0 ? 1.03 : 0.99));
  return values;
};

const curve = (values: readonly number[]) => dailyCurve(values, null);

describe('the Sharpe ratio', () => {
  it('is mean / sample deviation of the daily returns, times the root of 365', () => {
    // 15 returns of +3 %, 15 of -1 %: mean .01, variance 30 * .02^2 / 29 = .012 / 29; .01 / .020341905 * 19.104973175
    expect(sharpeRatioOf(curve(alternating(30))).value).toBeCloseTo(9.391929159301263, 9);
  });

  it('is absent until there are 30 returns', () => {
    expect(sharpeRatioOf(curve(alternating(29)))).toEqual({ value: null, reason: 'needs_30_days' });
    expect(sharpeRatioOf([])).toEqual({ value: null, reason: 'needs_30_days' });
  });

  it('is absent when returns do not vary', () => {
    expect(sharpeRatioOf(curve(Array<number>(40).fill(100)))).toEqual({ value: null, reason: 'no_variation' });
    const steady = Array.from({ length: 40 }, (_, day) => 100 * 1.01 ** day);
    expect(sharpeRatioOf(curve(steady))).toEqual({ value: null, reason: 'no_variation' });
  });
});

// Computed in Python from the formulas of the docblocks.
describe('Sharpe and Sortino ratio of a curve', () => {
  const swings = (days: number, start: number, [up, down]: readonly [number, number]) => {
    const values = [start];
    for (let day = 0; day < days; day++) values.push(values.at(-1)! * (day % 2 === 0 ? up : down));
    return values;
  };

  it('include a loss on the first day', () => {
    const fallen = dailyCurve(swings(31, 9500, [1.02, 0.985]));
    expect(sharpeRatioOf(fallen).value).toBeCloseTo(1.3536345100016849, 9);
    expect(sortinoRatioOf(fallen).value).toBeCloseTo(1.9828050729829105, 9);
    // Without the deposit the same curve looks more than twice as good.
    expect(sharpeRatioOf(fallen.slice(1)).value).toBeCloseTo(3.292881883610077, 9);
  });

  it('count a return over ten missing days as eleven days', () => {
    const whole = dailyCurve(swings(40, 10_000, [1.03, 0.99]));
    const torn = whole.map(({ day, value }) => ({ day: day <= 15 ? day : day + 10, value }));
    expect(sharpeRatioOf(torn).value).toBeCloseTo(7.317722553547551, 9);
    expect(sortinoRatioOf(torn).value).toBeCloseTo(21.959116916825895, 9);
    expect(sharpeRatioOf(whole).value).toBeCloseTo(9.291215283730793, 9);
  });

  it('include the total loss that ends it, and nothing after', () => {
    const ruined = dailyCurve([...swings(34, 100, [1.03, 0.99]), 0, 0], 100);
    expect(sharpeRatioOf(ruined).value).toBeCloseTo(-2.0670951407884433, 9);
    expect(sortinoRatioOf(ruined).value).toBeCloseTo(-2.099763008537763, 9);
  });
});
