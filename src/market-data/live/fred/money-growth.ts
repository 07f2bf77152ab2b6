import type { ObservedValue } from '../../../domain/market/market-snapshot.js';
import type { ApiClient } from '../../../registry/apis/calls/api-client.js';
import { DAY_MS, dateText, observedValues } from '../daily-values.js';
import { fredObservations } from './fred-client.js';

/** A month is published about four weeks after it has ended, and its value a year before is needed, too. */
const REACH_BACK_DAYS = 3 * 31 + 366;

/**
 * US money supply M2 (`M2SL`, seasonally adjusted) against the same month of the year before, percent; one value a month.
 * Growth is taken from the figures as they stand today (M2 is revised, and a ratio across two vintages would be wrong);
 * when a month became known is asked for apart: the day on which FRED first had it. It counts as known when that day is
 * over.
 * @throws ApiFailure.
 */
export async function moneyGrowth(client: ApiClient, days: number, now: Date): Promise<ObservedValue[]> {
  const observation_start = dateText(now.getTime() - (days + REACH_BACK_DAYS) * DAY_MS);
  const [levels, firstReleases] = await Promise.all([
    fredObservations(client, 'M2SL', { observation_start }),
    fredObservations(client, 'M2SL', {
      observation_start,
      // 4: each observation as first released, with the day of that release.
      output_type: '4',
      realtime_start: observation_start,
      realtime_end: '9999-12-31',
    }),
  ]);
  const level = new Map(levels.map(({ date, value }) => [date, value]));
  const released = new Map(firstReleases.map(({ date, realtimeStart }) => [date, realtimeStart]));
  const values = levels.flatMap(({ date, value }) => {
    const yearBefore = level.get(sameMonthOfTheYearBefore(date));
    const knownOn = released.get(date);
    if (yearBefore === undefined || yearBefore <= 0 || knownOn === undefined) return [];
    return [{ knownAt: knownOn + DAY_MS, value: (value / yearBefore - 1) * 100 }];
  });
  return observedValues('fred_api M2SL', values);
}

function sameMonthOfTheYearBefore(date: number): number {
  const month = new Date(date);
  return Date.UTC(month.getUTCFullYear() - 1, month.getUTCMonth(), month.getUTCDate());
}
