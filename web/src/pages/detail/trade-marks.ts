/** What a mark needs of a trade; its time in the seconds of the chart. */
export interface MarkedTrade {
  readonly time: number;
  readonly buys: boolean;
}

export interface TradeMark {
  /** Of the bar that it stands at. */
  readonly time: number;
  readonly buys: boolean;
  readonly count: number;
}

/**
 * The marks of trades on a chart, ascending: each at the last bar that began before it, the buys of a bar as one and
 * its sells as one. Trades before the first bar have none.
 * @param bars when the bars begin, ascending.
 */
export function tradeMarks(trades: readonly MarkedTrade[], bars: readonly number[]): TradeMark[] {
  const marks = new Map<string, TradeMark>();
  for (const { time, buys } of trades) {
    const bar = bars.findLast((begin) => begin <= time);
    if (bar === undefined) continue;
    const key = `${bar} ${buys}`;
    marks.set(key, { time: bar, buys, count: (marks.get(key)?.count ?? 0) + 1 });
  }
  return [...marks.values()].sort((a, b) => a.time - b.time || Number(b.buys) - Number(a.buys));
}
