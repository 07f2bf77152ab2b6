export const MINUTE_MS = 60_000;
export const DAY_MS = 24 * 60 * MINUTE_MS;

/** The simulated market begins here ... */
export const FIRST_DAY_MS = Date.UTC(2015, 0, 1);
/** ... and ends here, so that no request can make it compute without bound. */
export const END_MS = Date.UTC(2100, 0, 1);

/** Number of the day that contains `time`; 0 is the first. Negative before the beginning. */
export function dayOf(time: number): number {
  return Math.floor((time - FIRST_DAY_MS) / DAY_MS);
}

/** 00:00 UTC of a day, ms. */
export function startOfDay(day: number): number {
  return FIRST_DAY_MS + day * DAY_MS;
}
