import type { ObservedValue } from '../../../domain/market/market-snapshot.js';
import type { ApiClient } from '../../../registry/apis/calls/api-client.js';
import { observedValues } from '../daily-values.js';
import { fredObservations } from './fred-client.js';
import { firstDay, knownTheDayAfter } from './fred-daily.js';

/** The constant that makes the index 100 in March 1973. */
const SCALE = 50.14348112;

/**
 * FRED's six exchange rates and their exponents in the ICE dollar index. EUR and GBP are quoted in dollars, hence the
 * minus; the others in units for one dollar.
 */
const RATES = [
  { seriesId: 'DEXUSEU', exponent: -0.576 },
  { seriesId: 'DEXJPUS', exponent: 0.136 },
  { seriesId: 'DEXUSUK', exponent: -0.119 },
  { seriesId: 'DEXCAUS', exponent: 0.091 },
  { seriesId: 'DEXSDUS', exponent: 0.042 },
  { seriesId: 'DEXSZUS', exponent: 0.036 },
] as const;

/**
 * The ICE dollar index by its published formula, from the noon rates of the Fed: level about 100. Not the Fed's broad
 * index (`DTWEXBGS`), whose level is about 120. A day on which one of the six rates is missing has no value.
 * @throws ApiFailure when one of the six cannot be had.
 */
export async function dollarIndex(client: ApiClient, days: number, now: Date): Promise<ObservedValue[]> {
  const start = firstDay(days, now);
  const rates = await Promise.all(
    RATES.map(async ({ seriesId, exponent }) => {
      const observations = await fredObservations(client, seriesId, { observation_start: start });
      return { exponent, byDay: new Map(observations.map(({ date, value }) => [date, value])) };
    }),
  );
  const values = [...rates[0]!.byDay.keys()].flatMap((date) => {
    let value = SCALE;
    for (const { exponent, byDay } of rates) {
      const rate = byDay.get(date);
      if (rate === undefined || rate <= 0) return [];
      value *= rate ** exponent;
    }
    return [knownTheDayAfter({ date, value })];
  });
  return observedValues('fred_api ICE dollar index of 6 rates', values);
}
