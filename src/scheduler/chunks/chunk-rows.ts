import type { InstanceState, OpenPosition, Reason, RiskLevel, Signal } from '../../domain/decision/decision.js';
import type { PositionSide } from '../../domain/trading/venue-rules.js';
import type { BalanceRow } from '../../trading/books/book-rows.js';

/** A perpetual position before a decision; decimal text. */
export interface PerpetualState {
  readonly side: PositionSide;
  readonly entry_notional: string;
  readonly margin: string;
  readonly leverage: string;
}

/** An instance's part in a run, as it is stored. Money is decimal text. */
export interface ExecutionRow {
  readonly id: string;
  readonly run_id: string;
  readonly portfolio_id: string;
  readonly status: 'completed' | 'failed' | 'skipped';
  readonly conviction_score: number | null;
  readonly signal: Signal | null;
  readonly signal_strength: number | null;
  readonly position_size: number | null;
  readonly risk_level: RiskLevel | null;
  readonly should_execute: boolean;
  readonly reasons: readonly Reason[];
  readonly distance_to_buy: number | null;
  readonly distance_to_sell: number | null;
  readonly params_version: number;
  /** With the run's market and the params of that version, all that is needed to decide again. */
  readonly state_before: InstanceState & {
    readonly cash: string;
    readonly quantity: string;
    readonly total_value: string;
    /** What the quantity cost; a failed execution has none. */
    readonly cost_basis?: string;
    /** These where the decision agent reads them. */
    readonly open_positions?: readonly OpenPosition[] | undefined;
    readonly minutes_since_last_trade?: number | null | undefined;
    /** Where positions are perpetual: what the position is made of besides quantity and cost. */
    readonly position?: PerpetualState | null | undefined;
  };
  readonly duration_us: number;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly executed_at: Date;
}

/** What an instance carries from run to run, beside its money. */
export type PortfolioRow = BalanceRow & {
  readonly consecutive_bullish_count: number;
  readonly consecutive_bearish_count: number;
  readonly last_conviction_score: number | null;
  readonly last_signal: Signal | null;
  readonly last_execution_time: Date;
};
