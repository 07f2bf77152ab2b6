/** Time range of a chart. */
export type Span = 'day' | 'week' | 'month' | 'all';

const DAYS: Readonly<Record<Exclude<Span, 'all'>, number>> = { day: 1, week: 7, month: 30 };

/** Start of the range (RFC 3339); null: from the beginning. */
export function startOf(span: Span, now: Date): string | null {
  return span === 'all' ? null : new Date(now.getTime() - DAYS[span] * 86_400_000).toISOString();
}

/** Candle interval; null: the range is longer than candles are available. */
export function intervalOf(span: Span): '15m' | '1h' | null {
  if (span === 'all') return null;
  return span === 'day' ? '15m' : '1h';
}
