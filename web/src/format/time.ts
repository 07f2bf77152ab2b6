/** Formats times of the API (RFC 3339, UTC). */
export type TimeZoneChoice = 'local' | 'utc';

/** `2026-01-15 12:00:05`, followed by ` UTC` in UTC mode, so that two people can tell which zone they see. */
export function formatTime(text: string, zone: TimeZoneChoice): string {
  const time = new Date(text);
  const parts =
    zone === 'utc'
      ? [time.getUTCFullYear(), time.getUTCMonth() + 1, time.getUTCDate()]
      : [time.getFullYear(), time.getMonth() + 1, time.getDate()];
  const clock =
    zone === 'utc'
      ? [time.getUTCHours(), time.getUTCMinutes(), time.getUTCSeconds()]
      : [time.getHours(), time.getMinutes(), time.getSeconds()];
  return `${parts.map(twoDigits).join('-')} ${clock.map(twoDigits).join(':')}${zone === 'utc' ? ' UTC' : ''}`;
}

/** Seconds since the epoch for lightweight-charts. It draws UTC, so local times are shifted. */
export function chartTime(text: string, zone: TimeZoneChoice): number {
  const time = new Date(text);
  const offsetMs = zone === 'utc' ? 0 : time.getTimezoneOffset() * 60_000;
  return Math.floor((time.getTime() - offsetMs) / 1000);
}

/** The largest whole unit of a span in seconds, and its count: 5400 is 1 hour. */
export function spanOf(seconds: number): {
  readonly unit: 'second' | 'minute' | 'hour' | 'day';
  readonly count: number;
} {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 60) return { unit: 'second', count: whole };
  if (whole < 3600) return { unit: 'minute', count: Math.floor(whole / 60) };
  if (whole < 2 * 86_400) return { unit: 'hour', count: Math.floor(whole / 3600) };
  return { unit: 'day', count: Math.floor(whole / 86_400) };
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
