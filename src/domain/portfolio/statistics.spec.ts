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

const outcomes = (count: number, won: number, lost: number, profit: number, loss: number) => ({
  count,
  won,
  lost,
  grossProfit: new Money(profit),
  grossLoss: new Money(loss),
});
const NONE = outcomes(0, 0, 0, 0, 0);

function history(given: Partial<PortfolioHistory> = {}): PortfolioHistory {
  return {
    initial: new Money(10_000),
    current: new Money('11575.253086228565'),
    from: new Date('2026-01-01T00:00:00Z'),
    to: new Date('2026-01-31T00:00:00Z'),
    curve: dailyCurve(dailyValues(), null),
    maxDrawdown: 0.2,
    positions: { ...outcomes(5, 2, 2, 2400, -900), heldSeconds: 5 * 90 * 60 },
    closes: outcomes(7, 3, 3, 2500, -1000),
    observedSeconds: 30 * 86_400,
    exposedSeconds: 6 * 86_400,
    observedNotional: new Money(54_000),
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
      // 4.9286301816424425 / .2
      calmarRatio: expect.closeTo(24.643150908212213, 9),
      winRate: 0.4,
      profitFactor: expect.closeTo(2.6666666666666665, 12),
      expectancy: new Money(300),
      averageWin: new Money(1200),
      averageLoss: new Money(-450),
      averageHolding: 1.5,
      closeWinRate: expect.closeTo(3 / 7, 12),
      closeProfitFactor: 2.5,
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
      {
        annualizedReturn: 'needs_30_days',
        sharpeRatio: 'needs_30_days',
        sortinoRatio: 'needs_30_days',
        calmarRatio: 'needs_30_days',
      },
    ],
    ['no close', { closes: NONE }, { closeWinRate: 'no_closes', closeProfitFactor: 'no_closes' }],
    ['no lost close', { closes: outcomes(1, 1, 0, 5, 0) }, { closeProfitFactor: 'no_losses' }],
    [
      'no closed position',
      { positions: { ...NONE, heldSeconds: 0 } },
      {
        winRate: 'no_closed_positions',
        profitFactor: 'no_closed_positions',
        expectancy: 'no_closed_positions',
        averageWin: 'no_wins',
        averageLoss: 'no_losses',
        averageHolding: 'no_closed_positions',
      },
    ],
    [
      'only a win',
      { positions: { ...outcomes(1, 1, 0, 5, 0), heldSeconds: 60 } },
      { profitFactor: 'no_losses', averageLoss: 'no_losses' },
    ],
    ['only a loss', { positions: { ...outcomes(1, 0, 1, 0, -5), heldSeconds: 60 } }, { averageWin: 'no_wins' }],
    ['no drawdown', { maxDrawdown: 0 }, { calmarRatio: 'no_drawdown' }],
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
