import { z } from 'zod';
import type { ObservedValue } from '../../../domain/market/market-snapshot.js';
import type { ApiClient } from '../../../registry/apis/calls/api-client.js';
import { timeSeconds } from '../answer-fields.js';
import { DAY_MS, observedValues, type DatedValue } from '../daily-values.js';

/** Charts that are read here, by the names that blockchain.info gives them. */
type ChartName =
  | 'hash-rate'
  | 'difficulty'
  | 'n-unique-addresses'
  | 'n-transactions'
  | 'market-cap'
  | 'estimated-transaction-volume-usd';

/** GET /charts/$name: `x` is the day in seconds, `y` its value. */
const answerSchema = z.object({
  status: z.literal('ok'),
  values: z.array(z.object({ x: timeSeconds, y: z.number().min(0) })),
});

/** One chart as a series: TH/s, difficulty, addresses or transactions per day. */
export function blockchainChart(chart: ChartName): (client: ApiClient, days: number) => Promise<ObservedValue[]> {
  return async (client, days) => observedValues(`blockchain_info_api ${chart}`, await chartDays(client, chart, days));
}

/**
 * Network value to transactions: market value of all bitcoin / dollars moved on that day, of days that have both.
 * @throws ApiFailure.
 */
export async function networkValueToTransactions(client: ApiClient, days: number): Promise<ObservedValue[]> {
  const [worth, moved] = await Promise.all([
    chartDays(client, 'market-cap', days),
    chartDays(client, 'estimated-transaction-volume-usd', days),
  ]);
  // The two charts name different moments of a day.
  const movedOn = new Map(moved.map(({ knownAt, value }) => [dayOf(knownAt), value]));
  const worthOn = new Map(worth.map(({ knownAt, value }) => [dayOf(knownAt), value]));
  const values = [...worthOn].flatMap(([day, value]): DatedValue[] => {
    const volume = movedOn.get(day);
    return volume === undefined || volume === 0 ? [] : [{ knownAt: day, value: value / volume }];
  });
  return observedValues('blockchain_info_api market-cap / estimated-transaction-volume-usd', values);
}

/**
 * The days of a chart; the value of a day is known when it is over.
 * https://www.blockchain.com/explorer/api/charts_api
 */
async function chartDays(client: ApiClient, chart: ChartName, days: number): Promise<DatedValue[]> {
  const { value } = await client.json(
    {
      apiName: 'blockchain_info_api',
      path: `/charts/${chart}`,
      query: { timespan: `${days + 2}days`, format: 'json', sampled: 'false' },
      repeatable: true,
    },
    answerSchema,
  );
  return value.values.map(({ x, y }) => ({ knownAt: x * 1000 + DAY_MS, value: y }));
}

function dayOf(time: number): number {
  return Math.floor(time / DAY_MS) * DAY_MS;
}
