/** A trade to mark; time in seconds of the chart. */
export interface MarkedTrade {
  readonly time: number;
  readonly buys: boolean;
  /** Kind of an automatic exit; null for decided trades. */
  readonly exit: string | null;
}

export interface TradeMark {
  /** Time of its bar. */
  readonly time: number;
  readonly buys: boolean;
  readonly exit: string | null;
  readonly count: number;
}

/**
 * Marks of trades on a chart, ascending. Each stands at the last bar that opened before the trade; buys, sells and exits
 * of one kind are one mark per bar. Trades before the first bar have none.
 * @param bars opening times, ascending.
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

/** The kind of an automatic exit by the reason of its trade; null for decided trades. */
export function exitOf(reason: string): string | null {
  return EXITS.has(reason) ? reason : null;
}
