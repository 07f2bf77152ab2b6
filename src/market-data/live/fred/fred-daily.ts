import type { ObservedValue } from '../../../domain/market/market-snapshot.js';
import type { ApiClient } from '../../../registry/apis/calls/api-client.js';
import { DAY_MS, dateText, observedValues } from '../daily-values.js';
import { fredObservations } from './fred-client.js';

/** A daily series of FRED as it stands there: `DFF` policy rate, `DGS10` 10-year yield, `VIXCLS` VIX. */
export function fredDaily(seriesId: string): (client: ApiClient, days: number, now: Date) => Promise<ObservedValue[]> {
  return async (client, days, now) => {
    const observations = await fredObservations(client, seriesId, { observation_start: firstDay(days, now) });
    return observedValues(`fred_api ${seriesId}`, observations.map(knownTheDayAfter));
  };
}

/** The first day to ask for: one more than wanted, as a day is known when it is over. */
export function firstDay(days: number, now: Date): string {
  return dateText(now.getTime() - (days + 1) * DAY_MS);
}

/** The value of a day is known when that day (UTC) is over at the earliest. */
export function knownTheDayAfter({ date, value }: { date: number; value: number }): { knownAt: number; value: number } {
  return { knownAt: date + DAY_MS, value };
}
