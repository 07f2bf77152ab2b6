import { describe, expect, it } from '@jest/globals';
import { tradeMarks } from './trade-marks.js';

describe('marks of trades', () => {
  it('stand at the bar in which the trade was, also at the newest, which may not have closed yet', () => {
    const trades = [
      { time: 150, buys: true },
      { time: 199, buys: false },
      { time: 950, buys: true },
    ];
    expect(tradeMarks(trades, [100, 200, 300])).toEqual([
      { time: 100, buys: true, count: 1 },
      { time: 100, buys: false, count: 1 },
      { time: 300, buys: true, count: 1 },
    ]);
  });

  it('count what is at one bar, and leave out what lies before all bars', () => {
    const trades = [99, 100, 101, 102].map((time) => ({ time, buys: true }));
    expect(tradeMarks(trades, [100])).toEqual([{ time: 100, buys: true, count: 3 }]);
    expect(tradeMarks(trades, [])).toEqual([]);
  });

  it('ascend, as the chart wants them, whatever the order of the trades', () => {
    const trades = [300, 100, 200].map((time) => ({ time, buys: false }));
    expect(tradeMarks(trades, [100, 200, 300]).map(({ time }) => time)).toEqual([100, 200, 300]);
  });
});
