import { z } from 'zod';
import type { ObservedValue } from '../../domain/market/market-snapshot.js';
import type { ApiClient } from '../../registry/apis/calls/api-client.js';
import { observedValues, decimalText, timeMs, DAY_MS, type DatedValue } from './answer-fields.js';

const SECONDS = /^\d{9,11}$/;

/** GET /fng/: newest first, numbers as text; each value stands for the day that begins at its timestamp. */
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
 * Crypto fear and greed index of alternative.me for the last `days` days, ascending. A value becomes known at the start
 * of its day (UTC). https://alternative.me/crypto/fear-and-greed-index/#api
 *
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

const HOURS_A_DAY = 24;
/** The API returns hourly rates; the series uses rates per eight hours, as most exchanges do. */
const HOURS = 8;
/** An answer is limited to 500 hours. */
const MOST_DAYS = 20;

/** POST /info `fundingHistory`: the rate of each hour as text, ascending. */
const ratesSchema = z.array(z.object({ coin: z.string(), fundingRate: decimalText, time: timeMs }));

/**
 * Daily mean of the funding rate of a Hyperliquid perpetual, as a fraction per 8 hours; known at the end of the day
 * (UTC). At most the last 20 days. A day with a missing hour has no value.
 * https://hyperliquid.gitbook.io/hyperliquid-docs/for-developers/api/info-endpoint/perpetuals
 *
 * @throws ApiFailure.
 */
export async function perpetualFunding(
  client: ApiClient,
  coin: string,
  days: number,
  now: Date,
): Promise<ObservedValue[]> {
  const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
  const startTime = today - Math.min(days, MOST_DAYS) * DAY_MS;
  const { value } = await client.json(
    {
      apiName: 'hyperliquid_api',
      method: 'POST',
      path: '/info',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'fundingHistory', coin, startTime }),
      // 20, plus one for each 20 hours returned.
      cost: 45,
      repeatable: true,
    },
    ratesSchema,
  );
  const rates = new Map<number, number[]>();
  for (const { time, fundingRate } of value) {
    const day = Math.floor(time / DAY_MS) * DAY_MS;
    rates.set(day, [...(rates.get(day) ?? []), Number(fundingRate)]);
  }
  const whole = [...rates].filter(([, ofDay]) => ofDay.length === HOURS_A_DAY);
  return observedValues(
    'hyperliquid_api fundingHistory',
    whole.map(([day, ofDay]): DatedValue => ({ knownAt: day + DAY_MS, value: meanOf(ofDay) * HOURS })),
  );
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
