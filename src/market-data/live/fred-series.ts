import { z } from 'zod';
import type { ObservedValue } from '../../domain/market/market-snapshot.js';
import type { ApiClient } from '../../registry/apis/calls/api-client.js';
import { isoDate, DAY_MS, dateText, observedValues } from './answer-fields.js';

export interface FredObservation {
  /** The day (or the first day of the month) that it describes, 00:00 UTC, ms. */
  readonly date: number;
  readonly value: number;
  /** The day on which FRED first published it, 00:00 UTC, ms. */
  readonly realtimeStart: number;
}

/** GET /fred/series/observations: values as text, `.` for a missing value (a holiday). */
const answerSchema = z.object({
  observations: z.array(
    z.object({
      date: isoDate,
      realtime_start: isoDate,
      value: z.string().regex(/^(\.|-?(\d+\.?\d*|\.\d+))$/),
    }),
  ),
});

/**
 * Observations of a series, ascending, without missing values. Needs the key of `fred_api`.
 * https://fred.stlouisfed.org/docs/api/fred/series_observations.html
 *
 * @param query additional query parameters.
 * @throws ApiFailure.
 */
export async function fredObservations(
  client: ApiClient,
  seriesId: string,
  query: Readonly<Record<string, string>>,
): Promise<FredObservation[]> {
  const { value } = await client.json(
    {
      apiName: 'fred_api',
      path: '/fred/series/observations',
      query: { series_id: seriesId, file_type: 'json', sort_order: 'asc', ...query },
      keyIn: { query: 'api_key' },
      // FRED answers 400 to an unknown key, with a message that names the parameter.
      refusesKey: ({ status, body }) => status === 400 && body.includes('variable api_key'),
      repeatable: true,
    },
    answerSchema,
  );
  return value.observations
    .filter((observation) => observation.value !== '.')
    .map((observation) => ({
      date: Date.parse(observation.date),
      value: Number(observation.value),
      realtimeStart: Date.parse(observation.realtime_start),
    }));
}

/** A daily FRED series without conversion: `DFF` policy rate, `DGS10` 10-year yield, `VIXCLS` VIX. */
export function fredDaily(seriesId: string): (client: ApiClient, days: number, now: Date) => Promise<ObservedValue[]> {
  return async (client, days, now) => {
    const observations = await fredObservations(client, seriesId, { observation_start: firstDay(days, now) });
    return observedValues(`fred_api ${seriesId}`, observations.map(knownTheDayAfter));
  };
}

/** The first day to request: one earlier than needed, because a day becomes known at its end. */
export function firstDay(days: number, now: Date): string {
  return dateText(now.getTime() - (days + 1) * DAY_MS);
}

/** The value of a day becomes known at the end of that day (UTC), at the earliest. */
export function knownTheDayAfter({ date, value }: { date: number; value: number }): { knownAt: number; value: number } {
  return { knownAt: date + DAY_MS, value };
}

/** The factor that makes the index 100 in March 1973. */
const SCALE = 50.14348112;

/**
 * FRED's six exchange rates with their exponents in the ICE dollar index. EUR and GBP are quoted in dollars, hence the
 * negative exponents; the others in units per dollar.
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
 * The ICE dollar index by its published formula, from the Fed's noon rates: level about 100. Not the Fed's broad index
 * (`DTWEXBGS`), whose level is about 120. A day without one of the six rates has no value.
 *
 * @throws ApiFailure when one of the six requests fails.
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

/** A month is published about four weeks after its end, and growth needs the value of a year before. */
const REACH_BACK_DAYS = 3 * 31 + 366;

/**
 * Growth of the US money supply M2 (`M2SL`, seasonally adjusted) against the same month of the previous year, percent;
 * one value per month. Growth uses current figures, because M2 is revised and a ratio across two vintages would be
 * wrong. A second request gets the day on which FRED first published each month; the value counts as known at the end
 * of that day.
 *
 * @throws ApiFailure.
 */
export async function moneyGrowth(client: ApiClient, days: number, now: Date): Promise<ObservedValue[]> {
  const observation_start = dateText(now.getTime() - (days + REACH_BACK_DAYS) * DAY_MS);
  const [levels, firstReleases] = await Promise.all([
    fredObservations(client, 'M2SL', { observation_start }),
    fredObservations(client, 'M2SL', {
      observation_start,
      // 4: each observation as first released, with its release date.
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
