import { describe, expect, it } from '@jest/globals';
import { dailyCurve } from '../../../test/support/daily-curve.js';
import { Money } from '../money/decimal.js';
import { portfolioStatistics, type PortfolioHistory } from './statistics.js';

/** 30 days that win 2 % and lose 1 % in turn: 10000 becomes 11575.253086228565. */
function dailyValues(): number[] {
  const values = [10_000];
  for (let day = 0; day < 30; day++) values.push(values.at(-1)! * (day % 2 === 0 ? 1.02 : 0.99));
  return values;
}

function history(given: Partial<PortfolioHistory> = {}): PortfolioHistory {
  return {
    initial: new Money(10_000),
    current: new Money('11575.253086228565'),
    from: new Date('2026-01-01T00:00:00Z'),
    to: new Date('2026-01-31T00:00:00Z'),
    curve: dailyCurve(dailyValues(), null),
    grossProfit: new Money(2500),
    grossLoss: new Money(-1000),
    closes: 7,
    observedSeconds: 30 * 86_400,
    exposedSeconds: 6 * 86_400,
    tradedNotional: new Money(54_000),
    averageValue: new Money(10_800),
    firstPrice: new Money(50_000),
    lastPrice: new Money(55_000),
    retainedFromValue: null,
    ...given,
  };
}

describe('the statistics of a portfolio', () => {
  it('agree with figures computed independently', () => {
    const statistics = portfolioStatistics(history());
    const values = Object.fromEntries(Object.entries(statistics).map(([name, { value }]) => [name, value]));
    expect(values).toEqual({
      annualizedReturn: expect.closeTo(4.9286301816424425, 9),
      sharpeRatio: expect.closeTo(6.2612861062008385, 9),
      sortinoRatio: expect.closeTo(13.509256086106292, 9),
      profitFactor: 2.5,
      exposure: 0.2,
      turnover: 5,
      buyAndHold: expect.closeTo(0.1, 12),
      excessReturn: expect.closeTo(0.0575253086228565, 12),
    });
  });

  it('compare with buy and hold over the same period, also after early history has been deleted', () => {
    const { buyAndHold, excessReturn, annualizedReturn } = portfolioStatistics(
      history({ retainedFromValue: new Money('9260.202468982852'), firstPrice: new Money(44_000) }),
    );
    // Both the portfolio and the price returned 25 % since then.
    expect(buyAndHold.value).toBeCloseTo(0.25, 12);
    expect(excessReturn.value).toBeCloseTo(0, 12);
    expect(annualizedReturn.value).toBeCloseTo(4.9286301816424425, 9);
  });

  it.each<[string, Partial<PortfolioHistory>, Record<string, string>]>([
    [
      'a portfolio of yesterday',
      { to: new Date('2026-01-02T00:00:00Z'), curve: dailyCurve([10_000], null) },
      { annualizedReturn: 'needs_30_days', sharpeRatio: 'needs_30_days', sortinoRatio: 'needs_30_days' },
    ],
    ['no closed trade', { closes: 0 }, { profitFactor: 'no_closes' }],
    ['no loss', { grossLoss: new Money(0) }, { profitFactor: 'no_losses' }],
    [
      'no snapshot',
      { observedSeconds: 0, averageValue: null },
      { exposure: 'needs_two_snapshots', turnover: 'needs_two_snapshots' },
    ],
    ['nothing left to trade with', { averageValue: new Money(0) }, { turnover: 'out_of_range' }],
    ['no price', { firstPrice: null }, { buyAndHold: 'no_price', excessReturn: 'no_price' }],
    [
      'a value that never moved',
      { curve: dailyCurve(Array<number>(31).fill(10_000), null) },
      { sharpeRatio: 'no_variation', sortinoRatio: 'no_losing_days' },
    ],
  ])('give the reason for an absent figure: %s', (_what, given, reasons) => {
    const statistics = portfolioStatistics(history(given));
    const none = Object.entries(statistics).filter(([, { value }]) => value === null);
    expect(Object.fromEntries(none.map(([name, { reason }]) => [name, reason]))).toEqual(reasons);
  });
});
