import type { Interval } from '../statistics/block-bootstrap.js';

/** Figures as text; `-` where there is none. */
export function signed(value: number | null): string {
  if (value === null) return '-';
  const text = value.toFixed(2);
  return Number(text) > 0 ? `+${text}` : text.replace('-0.00', '0.00');
}

export function share(value: number | null): string {
  return value === null ? '-' : value.toFixed(2);
}

export function percent(value: number | null): string {
  return value === null ? '-' : `${(100 * value).toFixed(1)} %`;
}

export function interval(bounds: Interval | null, text: (value: number) => string): string {
  return bounds === null ? '-' : `${text(bounds.low)} .. ${text(bounds.high)}`;
}

const DAY_MINUTES = 24 * 60;

/** The days of the looks, the last one included. @param until its end. */
export function daysOf({ from, until }: { readonly from: string; readonly until: string }): string {
  const last = new Date(Date.parse(until) - 1).toISOString();
  return `${from.slice(0, 10)} to ${last.slice(0, 10)}`;
}

export function everyText(minutes: number): string {
  if (minutes === DAY_MINUTES) return 'one a day';
  return minutes % 60 === 0 ? `one every ${minutes / 60} h` : `one every ${minutes} min`;
}
