/** Wait after a status that asks for one without saying how long. */
const DEFAULT_WAIT_SECONDS: Readonly<Record<number, number>> = {
  429: 60,
  // A ban; those of Binance last from 2 minutes to 3 days.
  418: 600,
};
const DAY_SECONDS = 24 * 60 * 60;
/**
 * The longest wait that is respected: that of the longest ban that any of the APIs announces. A server that asks for
 * more counts as broken; after this time it gets one request, and may ask again.
 */
export const LONGEST_WAIT_SECONDS = 3 * DAY_SECONDS;

interface Headers {
  readonly 'retry-after'?: string | undefined;
  readonly date?: string | undefined;
}

export interface Wait {
  readonly seconds: number;
  /** The same in words, with the requested time when that is longer than the limit. */
  readonly text: string;
}

/** The wait after a 429 or 418: that of `Retry-After`, else the default of the status. */
export function waitOf(status: number, headers: Headers, now: Date): Wait {
  return retryAfter(headers, now) ?? capped(DEFAULT_WAIT_SECONDS[status] ?? 60);
}

/**
 * The wait of a `Retry-After` (RFC 9110, 10.2.3): a number of seconds, or a date, which is compared with the answer's
 * own `Date`, because the clocks may differ. Null without a readable one.
 */
export function retryAfter(headers: Headers, now: Date): Wait | null {
  const text = headers['retry-after']?.trim() ?? '';
  if (/^\d+$/.test(text)) return capped(Number(text));
  // Date.parse accepts much as a date, such as "-5".
  const until = /^[A-Z][a-z]{2}, .* GMT$/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(until)) return null;
  const sent = Date.parse(headers.date ?? '');
  return capped(Math.max(0, Math.ceil((until - (Number.isNaN(sent) ? now.getTime() : sent)) / 1000)));
}

function capped(asked: number): Wait {
  const seconds = Math.min(asked, LONGEST_WAIT_SECONDS);
  if (seconds === asked) return { seconds, text: `no requests in the next ${spanText(asked)}` };
  const days = Math.min(Math.ceil(asked / DAY_SECONDS), Number.MAX_SAFE_INTEGER);
  return { seconds, text: `no requests in the next ${days} days, of which ${seconds / DAY_SECONDS} are believed` };
}

/** Seconds in a readable unit, rounded up. */
export function spanText(seconds: number): string {
  if (seconds <= 2 * 60) return `${Math.ceil(seconds)} s`;
  if (seconds <= 2 * 60 * 60) return `${Math.ceil(seconds / 60)} min`;
  return `${Math.ceil(seconds / 60 / 60)} h`;
}
