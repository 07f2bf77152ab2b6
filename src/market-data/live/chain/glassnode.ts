import { z } from 'zod';
import type { ObservedValue } from '../../../domain/market/market-snapshot.js';
import type { ApiClient } from '../../../registry/apis/calls/api-client.js';
import { timeSeconds } from '../answer-fields.js';
import { DAY_MS, observedValues } from '../daily-values.js';

/** GET /v1/metrics/market/mvrv: `t` is the beginning of the day in seconds, `v` its value. */
const answerSchema = z.array(z.object({ t: timeSeconds, v: z.number().min(0) }));

/**
 * Market value / realised value of all bitcoin; known when the day (UTC) is over. Needs the key of `glassnode_api`.
 * https://docs.glassnode.com/basic-api/endpoints/market
 * @throws ApiFailure, `key_missing` without a key.
 */
export async function marketToRealisedValue(client: ApiClient, days: number, now: Date): Promise<ObservedValue[]> {
  const since = Math.floor((now.getTime() - (days + 2) * DAY_MS) / 1000);
  const { value } = await client.json(
    {
      apiName: 'glassnode_api',
      path: '/v1/metrics/market/mvrv',
      query: { a: 'BTC', i: '24h', s: String(since) },
      keyIn: { header: 'x-api-key' },
      repeatable: true,
    },
    answerSchema,
  );
  return observedValues(
    'glassnode_api mvrv',
    value.map(({ t, v }) => ({ knownAt: t * 1000 + DAY_MS, value: v })),
  );
}
