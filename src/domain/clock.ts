/**
 * The source of time. Code that decides, records or schedules never calls `Date.now()`: the server follows the
 * database's clock, a replay a virtual one, a test a fake one.
 */
export interface Clock {
  /** UTC. Never goes backwards within a process. */
  now(): Date;
}

export const CLOCK = Symbol('CLOCK');

const MS_PER_MINUTE = 60_000;

/**
 * The last tick at or before a time. Ticks are whole multiples of the period since the epoch, UTC, so every process
 * computes the same ones.
 *
 * @throws RangeError when the period is not a whole number of minutes above 0.
 */
export function floorToPeriod(at: Date, periodMinutes: number): Date {
  const periodMs = periodMsOf(periodMinutes);
  return new Date(Math.floor(at.getTime() / periodMs) * periodMs);
}

/**
 * The ticks between the last scheduled one and the current one, both excluded, ascending: the ticks that passed while
 * no process ran. Beyond `limit`, only the latest are returned.
 *
 * @param lastScheduled the last tick that has a run; null before the first run, when no tick is missed. It need not lie
 *   on the present period, because the period can change.
 */
export function missedTicks(lastScheduled: Date | null, current: Date, periodMinutes: number, limit: number): Date[] {
  if (lastScheduled === null) return [];
  const periodMs = periodMsOf(periodMinutes);
  const lastMissed = Math.ceil(current.getTime() / periodMs) * periodMs - periodMs;
  const ticks: Date[] = [];
  for (let tick = lastMissed; tick > lastScheduled.getTime() && ticks.length < limit; tick -= periodMs) {
    ticks.push(new Date(tick));
  }
  return ticks.reverse();
}

function periodMsOf(periodMinutes: number): number {
  if (!Number.isSafeInteger(periodMinutes) || periodMinutes < 1) {
    throw new RangeError(`A period must be a whole number of minutes above 0, not ${periodMinutes}.`);
  }
  return periodMinutes * MS_PER_MINUTE;
}

const DAY_MS = 86_400_000;

/**
 * A point in time such as `2024-01-31T12:00Z`, or the start and the end (exclusive) of a day such as `2024-01-31`, UTC.
 * Null for any other text.
 */
export function readDate(text: string): { start: Date; end: Date } | null {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    const start = new Date(`${text}T00:00:00Z`);
    // Date rolls 2024-02-31 over to March; such a date is refused.
    const valid = !Number.isNaN(start.getTime()) && start.toISOString().startsWith(text);
    return valid ? { start, end: new Date(start.getTime() + DAY_MS) } : null;
  }
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?Z$/.test(text)) return null;
  const start = new Date(text);
  return Number.isNaN(start.getTime()) ? null : { start, end: new Date(start.getTime() + 1) };
}
