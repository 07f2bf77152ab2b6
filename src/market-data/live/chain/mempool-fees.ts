import { z } from 'zod';
import type { ObservedValue } from '../../../domain/market/market-snapshot.js';
import type { ApiClient } from '../../../registry/apis/calls/api-client.js';
import { timeSeconds } from '../answer-fields.js';
import { DAY_MS, observedValues } from '../daily-values.js';

const SATOSHIS = 1e8;
/** Spans that can be asked for, by how many days they surely hold. */
const SPANS = [
  { days: 29, span: '1m' },
  { days: 88, span: '3m' },
  { days: 179, span: '6m' },
  { days: 363, span: '1y' },
  { days: 1093, span: '3y' },
] as const;

/** GET /api/v1/mining/blocks/fees/$span: mean fees of a block, in satoshis, of a few hours each, ascending. */
const answerSchema = z.array(
  z.object({ avgHeight: z.number().int().min(0), timestamp: timeSeconds, avgFees: z.number().min(0) }),
);

type BlockFees = z.infer<typeof answerSchema>;

/**
 * Fees of all Bitcoin blocks of a day, BTC; known when the day (UTC) is over. mempool.space tells the mean fee of a block
 * over a few hours and the height in their middle: the heights say how many blocks a mean stands for. The first and the
 * last entry have no neighbour to be measured by, so their days are left out.
 * https://mempool.space/docs/api/rest#get-block-fees
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
    answerSchema,
  );
  return observedValues(
    'mempool_space_api blocks/fees',
    [...feesByDay(value)].map(([day, btc]) => ({ knownAt: day + DAY_MS, value: btc })),
  );
}

/** BTC by the beginning of the day, ms. */
function feesByDay(unordered: BlockFees): Map<number, number> {
  const entries = [...unordered].sort((one, other) => one.timestamp - other.timestamp);
  const days = new Map<number, number>();
  for (const [index, { timestamp, avgFees }] of entries.entries()) {
    const [before, after] = [entries[index - 1], entries[index + 1]];
    if (!before || !after) continue;
    const blocks = (after.avgHeight - before.avgHeight) / 2;
    const day = dayOf(timestamp);
    days.set(day, (days.get(day) ?? 0) + (blocks * avgFees) / SATOSHIS);
  }
  for (const edge of [entries[0], entries.at(-1)]) if (edge) days.delete(dayOf(edge.timestamp));
  return days;
}

function dayOf(seconds: number): number {
  return Math.floor((seconds * 1000) / DAY_MS) * DAY_MS;
}
