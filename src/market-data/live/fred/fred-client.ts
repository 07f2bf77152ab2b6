import { z } from 'zod';
import type { ApiClient } from '../../../registry/apis/calls/api-client.js';
import { isoDate } from '../answer-fields.js';

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
