import { z } from 'zod';
import type { ObservedValue } from '../../domain/market/market-snapshot.js';
import type { ApiClient } from '../../registry/apis/calls/api-client.js';
import { isoDate, DAY_MS, dateText, observedValues } from './answer-fields.js';

/** An observation of a FRED series. */
export interface FredObservation {
  /** The day (or the first day of the month) that it describes, 00:00 UTC, ms. */
  readonly date: number;
  readonly value: number;
  /** The day from which on FRED had it, 00:00 UTC, ms. */
  readonly realtimeStart: number;
}

/** GET /fred/series/observations: values as text, `.` where there is none (a holiday). */
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
 * Observations of a series, ascending, without the days that have no value. Needs the key of `fred_api`.
 * https://fred.stlouisfed.org/docs/api/fred/series_observations.html
 *
 * @param query more of the interface's parameters.
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
      // FRED answers 400 to a key that it does not know, with a message that names the parameter.
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
