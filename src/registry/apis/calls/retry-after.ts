/** How long to leave an API alone that says "too many requests" and not for how long. */
const DEFAULT_WAIT_SECONDS: Readonly<Record<number, number>> = {
  429: 60,
  // A ban: Binance's last from 2 minutes to 3 days.
  418: 600,
};

interface Headers {
  readonly 'retry-after'?: string | undefined;
  readonly date?: string | undefined;
}

/** Seconds that an answer of 429 or 418 asks us to wait: what `Retry-After` says, else the default of the status. */
export function secondsToWait(status: number, headers: Headers, now: Date): number {
  return retryAfter(headers, now) ?? DEFAULT_WAIT_SECONDS[status] ?? 60;
}

/**
 * Seconds that a `Retry-After` names (RFC 9110, 10.2.3): a number of seconds, or a date, which is held against the
 * answer's own `Date`, because the clocks may differ. Null without a readable one.
 */
export function retryAfter(headers: Headers, now: Date): number | null {
  const text = headers['retry-after']?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text);
  // Date.parse takes much for a date, such as "-5".
  const until = /^[A-Z][a-z]{2}, .* GMT$/.test(text) ? Date.parse(text) : NaN;
  if (!Number.isNaN(until)) {
    const sent = Date.parse(headers.date ?? '');
    return Math.max(0, Math.ceil((until - (Number.isNaN(sent) ? now.getTime() : sent)) / 1000));
  }
  return null;
}
