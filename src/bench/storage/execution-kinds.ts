/** A kind of execution, and the params under which practically every conviction leads to it. */
export interface ExecutionKind {
  readonly name: string;
  readonly params: Readonly<Record<string, number>>;
  /** Month of 2026 whose partitions hold the kind and nothing else. */
  readonly month: number;
  readonly trades: boolean;
}

const HOLD = { buy_threshold: 99, partial_sell_threshold: 1, full_sell_threshold: 0 };
const BUY = { buy_threshold: 1, partial_sell_threshold: 1, full_sell_threshold: 0 };
const SELL = { buy_threshold: 100, partial_sell_threshold: 100, full_sell_threshold: 0 };

/** In this order: what is bought is held, then sold bit by bit. */
export const EXECUTION_KINDS: readonly ExecutionKind[] = [
  { name: 'HOLD, nothing held', params: HOLD, month: 1, trades: false },
  { name: 'BUY', params: BUY, month: 2, trades: true },
  { name: 'HOLD, position held', params: HOLD, month: 3, trades: false },
  { name: 'SELL', params: SELL, month: 4, trades: true },
];
