import { z } from 'zod';

const count = z.int().min(0);

const schema = z.object({
  consecutive_bullish_count: count,
  consecutive_bearish_count: count,
  cash: z.string(),
  quantity: z.string(),
  total_value: z.string(),
  /** What the quantity cost; executions have it since the profit of a sale is computed again too. */
  cost_basis: z.string().optional(),
});

/** Counters and portfolio before a decision, as its execution keeps them. Decimal strings. */
export type StateBefore = z.infer<typeof schema>;

/** @returns null when it is not complete. */
export function readStateBefore(stored: unknown): StateBefore | null {
  return schema.safeParse(stored).data ?? null;
}
