/** How long to leave an API alone that says "too many requests" and not for how long. */
const DEFAULT_WAIT_SECONDS: Readonly<Record<number, number>> = {
  429: 60,
  // A ban: Binance's last from 2 minutes to 3 days.
  418: 600,
};
const DAY_SECONDS = 24 * 60 * 60;
/**
 * The longest wait that is believed: that of the longest ban that any of the APIs announces. Beyond it a server is taken
 * for broken; it is asked once more, and may say it again.
 */
export const LONGEST_WAIT_SECONDS = 3 * DAY_SECONDS;

interface Headers {
  readonly 'retry-after'?: string | undefined;
  readonly date?: string | undefined;
}

/** A time in which an API wants no request. */
export interface Wait {
  /** For how long it is left alone, s. */
  readonly seconds: number;
  /** The same in words, with what it had asked for where that is longer than what is believed. */
  readonly text: string;
}

/** The wait that an answer of 429 or 418 asks for: what `Retry-After` says, else the default of the status. */
export function waitOf(status: number, headers: Headers, now: Date): Wait {
  return retryAfter(headers, now) ?? believed(DEFAULT_WAIT_SECONDS[status] ?? 60);
}

/**
 * The wait that a `Retry-After` names (RFC 9110, 10.2.3): a number of seconds, or a date, which is held against the
 * answer's own `Date`, because the clocks may differ. Null without a readable one.
 */
export function retryAfter(headers: Headers, now: Date): Wait | null {
  const text = headers['retry-after']?.trim() ?? '';
  if (/^\d+$/.test(text)) return believed(Number(text));
  // Date.parse takes much for a date, such as "-5".
  const until = /^[A-Z][a-z]{2}, .* GMT$/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(until)) return null;
  const sent = Date.parse(headers.date ?? '');
  return believed(Math.max(0, Math.ceil((until - (Number.isNaN(sent) ? now.getTime() : sent)) / 1000)));
}

function believed(asked: number): Wait {
  const seconds = Math.min(asked, LONGEST_WAIT_SECONDS);
  if (seconds === asked) return { seconds, text: `no requests in the next ${spanText(asked)}` };
  const days = Math.min(Math.ceil(asked / DAY_SECONDS), Number.MAX_SAFE_INTEGER);
  return { seconds, text: `no requests in the next ${days} days, of which ${seconds / DAY_SECONDS} are believed` };
}

/** Seconds as a reader measures them, rounded up. */
export function spanText(seconds: number): string {
  if (seconds <= 2 * 60) return `${Math.ceil(seconds)} s`;
  if (seconds <= 2 * 60 * 60) return `${Math.ceil(seconds / 60)} min`;
  return `${Math.ceil(seconds / 60 / 60)} h`;
}
