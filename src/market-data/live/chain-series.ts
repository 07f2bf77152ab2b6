import { z } from 'zod';
import type { ObservedValue } from '../../domain/market/market-snapshot.js';
import type { ApiClient } from '../../registry/apis/calls/api-client.js';
import { timeSeconds, DAY_MS, observedValues, type DatedValue } from './answer-fields.js';

/** Charts in use, by their names at blockchain.info. */
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
 * Network value to transactions: market value of all bitcoin / dollars moved on that day, for days with both values.
 *
 * @throws ApiFailure.
 */
export async function networkValueToTransactions(client: ApiClient, days: number): Promise<ObservedValue[]> {
  const [worth, moved] = await Promise.all([
    chartDays(client, 'market-cap', days),
    chartDays(client, 'estimated-transaction-volume-usd', days),
  ]);
  // The two charts use different times within a day.
  const movedOn = new Map(moved.map(({ knownAt, value }) => [dayOf(knownAt), value]));
  const worthOn = new Map(worth.map(({ knownAt, value }) => [dayOf(knownAt), value]));
  const values = [...worthOn].flatMap(([day, value]): DatedValue[] => {
    const volume = movedOn.get(day);
    return volume === undefined || volume === 0 ? [] : [{ knownAt: day, value: value / volume }];
  });
  return observedValues('blockchain_info_api market-cap / estimated-transaction-volume-usd', values);
}

/**
 * The days of a chart; the value of a day becomes known at its end. https://www.blockchain.com/explorer/api/charts_api
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

/** GET /v1/metrics/market/mvrv: `t` is the start of the day in seconds, `v` its value. */
const valuesSchema = z.array(z.object({ t: timeSeconds, v: z.number().min(0) }));

/**
 * Market value / realised value of all bitcoin; known at the end of the day (UTC). Needs the key of `glassnode_api`.
 * https://docs.glassnode.com/basic-api/endpoints/market
 *
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
    valuesSchema,
  );
  return observedValues(
    'glassnode_api mvrv',
    value.map(({ t, v }) => ({ knownAt: t * 1000 + DAY_MS, value: v })),
  );
}

const SATOSHIS = 1e8;
/** Available spans, with the number of days that each surely covers. */
const SPANS = [
  { days: 29, span: '1m' },
  { days: 88, span: '3m' },
  { days: 179, span: '6m' },
  { days: 363, span: '1y' },
  { days: 1093, span: '3y' },
] as const;

/** GET /api/v1/mining/blocks/fees/$span: mean fees per block over a few hours, in satoshis, ascending. */
const blocksSchema = z.array(
  z.object({ avgHeight: z.number().int().min(0), timestamp: timeSeconds, avgFees: z.number().min(0) }),
);

type BlockFees = z.infer<typeof blocksSchema>;

/**
 * Fees of all Bitcoin blocks of a day, BTC; known at the end of the day (UTC). mempool.space returns the mean fee per
 * block over a few hours, with the block height in their middle. The heights tell how many blocks a mean covers. The
 * first and the last entry lack a neighbour for that, so their days are skipped.
 * https://mempool.space/docs/api/rest#get-block-fees
 *
 * @throws ApiFailure.
 */
export async function mempoolFees(client: ApiClient, days: number): Promise<ObservedValue[]> {
  const span = SPANS.find((one) => one.days > days)?.span ?? 'all';
  const { value } = await client.json(
    {
      apiName: 'mempool_space_api',
      path: `/api/v1/mining/blocks/fees/${span}`,
      repeatable: true,
      maxBytes: 4 * 1024 * 1024,
    },
    blocksSchema,
  );
  return observedValues(
    'mempool_space_api blocks/fees',
    [...feesByDay(value)].map(([day, btc]) => ({ knownAt: day + DAY_MS, value: btc })),
  );
}

/** BTC by start of the day, ms. */
function feesByDay(unordered: BlockFees): Map<number, number> {
  const entries = [...unordered].sort((one, other) => one.timestamp - other.timestamp);
  const days = new Map<number, number>();
  for (const [index, { timestamp, avgFees }] of entries.entries()) {
    const [before, after] = [entries[index - 1], entries[index + 1]];
    if (!before || !after) continue;
    const blocks = (after.avgHeight - before.avgHeight) / 2;
    const day = dayOfBlock(timestamp);
    days.set(day, (days.get(day) ?? 0) + (blocks * avgFees) / SATOSHIS);
  }
  for (const edge of [entries[0], entries.at(-1)]) if (edge) days.delete(dayOfBlock(edge.timestamp));
  return days;
}

function dayOfBlock(seconds: number): number {
  return Math.floor((seconds * 1000) / DAY_MS) * DAY_MS;
}
