/** What a mark needs of a trade; its time in the seconds of the chart. */
export interface MarkedTrade {
  readonly time: number;
  readonly buys: boolean;
  /** What closed a position without a decision; null: it was decided. */
  readonly exit: string | null;
}

export interface TradeMark {
  /** Of the bar that it stands at. */
  readonly time: number;
  readonly buys: boolean;
  readonly exit: string | null;
  readonly count: number;
}

/**
 * The marks of trades on a chart, ascending: each at the last bar that began before it, the buys of a bar as one, its
 * sells as one, and its exits of one kind as one. Trades before the first bar have none.
 * @param bars when the bars begin, ascending.
 */
export function tradeMarks(trades: readonly MarkedTrade[], bars: readonly number[]): TradeMark[] {
  const marks = new Map<string, TradeMark>();
  for (const { time, buys, exit } of trades) {
    const bar = bars.findLast((begin) => begin <= time);
    if (bar === undefined) continue;
    const key = `${bar} ${buys} ${exit}`;
    marks.set(key, { time: bar, buys, exit, count: (marks.get(key)?.count ?? 0) + 1 });
  }
  return [...marks.values()].sort((a, b) => a.time - b.time || Number(b.buys) - Number(a.buys));
}

const EXITS = new Set(['liquidation', 'stop_loss', 'trailing_stop', 'take_profit', 'time_stop']);

/** The kind of an exit by the reason of its trade; null for a trade that was decided. */
export function exitOf(reason: string): string | null {
  return EXITS.has(reason) ? reason : null;
}
