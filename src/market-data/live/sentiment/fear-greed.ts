import { z } from 'zod';
import type { ObservedValue } from '../../../domain/market/market-snapshot.js';
import type { ApiClient } from '../../../registry/apis/calls/api-client.js';
import { observedValues } from '../daily-values.js';

const SECONDS = /^\d{9,11}$/;

/** GET /fng/: newest first, numbers as text; each stands for the day that begins at its time. */
const answerSchema = z.object({
  data: z
    .array(
      z.object({
        value: z.string().regex(/^(100|\d{1,2})$/),
        timestamp: z.string().regex(SECONDS),
      }),
    )
    .min(1),
});

/**
 * Crypto fear and greed index of alternative.me of the last `days` days, ascending. A value is known from the beginning of
 * its day (UTC) on. https://alternative.me/crypto/fear-and-greed-index/#api
 * @throws ApiFailure.
 */
export async function fearGreed(client: ApiClient, days: number): Promise<ObservedValue[]> {
  const { value } = await client.json(
    {
      apiName: 'alternative_me_api',
      path: '/fng/',
      query: { limit: String(days + 1), format: 'json' },
      repeatable: true,
    },
    answerSchema,
  );
  return observedValues(
    'alternative_me_api fng',
    value.data.map((day) => ({ knownAt: Number(day.timestamp) * 1000, value: Number(day.value) })),
  );
}
