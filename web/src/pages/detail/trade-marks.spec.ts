import { describe, expect, it } from '@jest/globals';
import { exitOf, tradeMarks } from './trade-marks.js';

describe('marks of trades', () => {
  it('stand at the bar of the trade, including the latest open one', () => {
    const trades = [
      { time: 150, buys: true, exit: null },
      { time: 199, buys: false, exit: null },
      { time: 950, buys: true, exit: null },
    ];
    expect(tradeMarks(trades, [100, 200, 300])).toEqual([
      { time: 100, buys: true, exit: null, count: 1 },
      { time: 100, buys: false, exit: null, count: 1 },
      { time: 300, buys: true, exit: null, count: 1 },
    ]);
  });

  it('count the trades of a bar, and leave out trades before the first bar', () => {
    const trades = [99, 100, 101, 102].map((time) => ({ time, buys: true, exit: null }));
    expect(tradeMarks(trades, [100])).toEqual([{ time: 100, buys: true, exit: null, count: 3 }]);
    expect(tradeMarks(trades, [])).toEqual([]);
  });

  it('ascend, whatever the order of the trades', () => {
    const trades = [300, 100, 200].map((time) => ({ time, buys: false, exit: null }));
    expect(tradeMarks(trades, [100, 200, 300]).map(({ time }) => time)).toEqual([100, 200, 300]);
  });

  it('separate decided trades from automatic exits', () => {
    const trades = [
      { time: 100, buys: false, exit: exitOf('entry_plan') },
      { time: 101, buys: false, exit: exitOf('stop_loss') },
      { time: 102, buys: false, exit: exitOf('stop_loss') },
    ];
    expect(tradeMarks(trades, [100])).toEqual([
      { time: 100, buys: false, exit: null, count: 1 },
      { time: 100, buys: false, exit: 'stop_loss', count: 2 },
    ]);
  });
});
