/** What every run writes for an instance, by the month. */
const HISTORY = ['strategy_executions', 'portfolio_snapshots'] as const;
/** What a trade stores that is never dropped. */
const BOOKS = ['orders', 'trades', 'ledger_entries'] as const;
/** What comes besides where positions are perpetual: hours that they were held, and stops that acted. */
const KEPT = ['funding_hours', 'position_exits'] as const;

/** A kind of execution, and the params under which practically every conviction leads to it. */
export interface ExecutionKind {
  readonly name: string;
  /** Its instances are of this template, and the others rest. */
  readonly definition: string;
  readonly periodMinutes: number;
  readonly params: Readonly<Record<string, number>>;
  /** Month of 2026 whose partitions hold the kind and nothing else. */
  readonly month: number;
  /** Runs for each ten: where something is sold bit by bit, there must be something left. */
  readonly runsOfTen: number;
  /** Tables of which the month has a partition, and others that grow. */
  readonly monthly: readonly string[];
  readonly growing: readonly string[];
}

const SPOT = { definition: 'multi_agent_btc_v1', periodMinutes: 10 } as const;
const HOLDS = { ...SPOT, runsOfTen: 10, monthly: HISTORY, growing: [] } as const;
const TRADES = { ...SPOT, runsOfTen: 1, monthly: HISTORY, growing: BOOKS } as const;

const HOLD = { fg_circuit_breaker_threshold: 0, buy_threshold: 99, partial_sell_threshold: 1, full_sell_threshold: 0 };
const BUY = { buy_threshold: 1, partial_sell_threshold: 1, full_sell_threshold: 0 };
const SELL = { buy_threshold: 100, partial_sell_threshold: 100, full_sell_threshold: 0 };
/** Follows whatever direction there is, again as soon as a stop has acted. */
const FOLLOW = {
  min_signal_strength: 0,
  min_confidence: 0,
  extreme_regime_threshold: 0,
  min_sl_distance_pct: 0,
  cooldown_minutes: 0,
};

/** A perpetual that is practically always open. */
export const PERPETUAL = 'perpetual, long or short';

/** In this order: what is bought is held, then sold bit by bit. */
export const EXECUTION_KINDS: readonly ExecutionKind[] = [
  { name: 'HOLD, nothing held', params: HOLD, month: 1, ...HOLDS },
  { name: 'BUY', params: BUY, month: 2, ...TRADES },
  { name: 'HOLD, position held', params: HOLD, month: 3, ...HOLDS },
  { name: 'SELL', params: SELL, month: 4, ...TRADES },
  {
    name: PERPETUAL,
    definition: 'momentum_regime_btc_v1',
    periodMinutes: 30,
    params: FOLLOW,
    month: 5,
    runsOfTen: 10,
    monthly: HISTORY,
    growing: [...BOOKS, ...KEPT],
  },
];
