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
  /** Where the decision agent reads it: null when there was no trade yet. What was open follows from the rest. */
  minutes_since_last_trade: z.number().nullish(),
  /** Of a perpetual position; the quantity of a short is negative. */
  position: z
    .object({
      side: z.enum(['long', 'short']),
      entry_notional: z.string(),
      margin: z.string(),
      leverage: z.string(),
    })
    .nullish(),
});

/** Counters and portfolio before a decision, as its execution keeps them. Decimal strings. */
export type StateBefore = z.infer<typeof schema>;

/** @returns null when it is not complete. */
export function readStateBefore(stored: unknown): StateBefore | null {
  return schema.safeParse(stored).data ?? null;
}
