const MS_PER_MINUTE = 60_000;

/**
 * The last tick at or before a time. Ticks are the whole multiples of the period since the epoch, UTC, so
 * that every process computes the same ones.
 *
 * @throws RangeError when the period is not a whole number of minutes above 0.
 */
export function floorToPeriod(at: Date, periodMinutes: number): Date {
  const periodMs = periodMsOf(periodMinutes);
  return new Date(Math.floor(at.getTime() / periodMs) * periodMs);
}

/**
 * The ticks between the last one that was scheduled and the current one, both excluded, ascending: those
 * that nobody was awake for. Of more than `limit` the latest are returned.
 *
 * @param lastScheduled the last tick that has a run, or null when there was none: then nothing was missed.
 *   It need not lie on the present period, which may have been changed since.
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
