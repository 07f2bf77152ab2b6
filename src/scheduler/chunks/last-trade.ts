import type { InstanceRow } from './chunk.store.js';

const MINUTE_MS = 60_000;

/** Null: it never traded; undefined: it was not looked at. Never below 0. */
export function minutesSinceLastTrade({ last_trade_at: last }: InstanceRow, now: Date): number | null | undefined {
  return last ? Math.max(0, (now.getTime() - last.getTime()) / MINUTE_MS) : last;
}
