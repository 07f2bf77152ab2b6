import type { PositionSide } from '../trading/venue-rules.js';

export type Signal = 'BUY' | 'SELL' | 'HOLD';
export type RiskLevel = 'LOW' | 'MEDIUM' | 'HIGH';

/** A rule that fired, with its numbers. Stored and shown as JSON. */
export interface Reason {
  /** Stable snake_case code. */
  readonly code: string;
  readonly [detail: string]: string | number | boolean | null | Readonly<Record<string, number>>;
}

/** Largest absolute value of a business agent's output: divided by the smallest price it must stay finite. */
export const LARGEST_OUTPUT = 1e12;

/** Largest count, the maximum of a PostgreSQL integer. A counter stops there. */
export const LARGEST_COUNT = 2_147_483_647;

/** An instance's counters, passed from decision to decision. */
export interface InstanceState {
  readonly consecutive_bullish_count: number;
  readonly consecutive_bearish_count: number;
}

/** The market at the time of a decision; null where a value was absent. */
export interface DecisionMarket {
  /** Decimal string in quote currency. */
  readonly price: string;
  readonly change_24h_percent: number | null;
  readonly fear_greed: number | null;
  readonly dxy: number | null;
}

/** The instance's portfolio before the decision; decimal strings in quote currency and base units. */
export interface DecisionPortfolio {
  readonly cash: string;
  readonly quantity: string;
  /** Cash plus the value of the position at the decision's price. */
  readonly total_value: string;
  /** Absent: `quantity` is the only position, a long. */
  readonly open_positions?: readonly OpenPosition[];
  /** Since the last fill; null: no fill yet. Absent: unknown, treated as null. */
  readonly minutes_since_last_trade?: number | null;
}

export interface OpenPosition {
  readonly symbol: string;
  readonly side: PositionSide;
}

/** Properties of the definition's channel. */
export interface DecisionChannel {
  readonly can_short: boolean;
  /** 1 on spot. */
  readonly max_leverage: number;
  /** Fraction of the notional, for market orders; absent: unknown, treated as 0. */
  readonly taker_fee_rate?: number;
  /** Basis points by which a market order fills worse than the market's price; absent: unknown, treated as 0. */
  readonly slippage_bps?: number;
  /** Fraction of the notional below which a position's equity is liquidated; null or absent: no liquidation. */
  readonly maintenance_margin_rate?: number | null;
}

/** A business agent's score and its other outputs by name: `regime_score`, `atr`. */
export interface DecisionAnalysis {
  /** -100..100. */
  readonly score: number;
  readonly [output: string]: number | string | null;
}

/** All inputs of a decision. The same context always gives the same decision. */
export interface DecisionContext<Params> {
  /** The definition's business agents, in its order. */
  readonly business_agents: readonly string[];
  /** Only agents that succeeded in this run. */
  readonly analyses: Readonly<Record<string, DecisionAnalysis>>;
  readonly market: DecisionMarket;
  /** Base asset that the definition trades. */
  readonly symbol: string;
  readonly channel: DecisionChannel;
  readonly params: Params;
  readonly portfolio: DecisionPortfolio;
  readonly state: InstanceState;
}

/**
 * A position to open, with its exits, for agents that decide more than a fraction. Decimal strings, at most 18 places,
 * in base units and quote currency. A channel without leverage trades `position_size` instead.
 */
export interface Entry {
  readonly side: PositionSide;
  readonly quantity: string;
  readonly leverage: string;
  readonly stop_loss: string;
  readonly take_profit: string | null;
  /** One R: the distance between entry and stop; the trailing stop moves by it. */
  readonly stop_distance: string;
  /** Hours until the time stop. */
  readonly hold_hours: number;
}

/** The outcome of a decision. Its field names are those of the HTTP interface: it is stored and shown as it is. */
export interface Decision {
  /** 0..100, 50 neutral; null when no decision was possible. */
  readonly conviction_score: number | null;
  /** Sum of score * weight; null as above. */
  readonly weighted_score: number | null;
  readonly risk_factor: number | null;
  /** Agent name -> score * weight. */
  readonly contributions: Readonly<Record<string, number>>;
  readonly signal: Signal;
  /** 0 or more; 1 is full strength, which a BUY above a low threshold can exceed. */
  readonly signal_strength: number;
  /** BUY: fraction of total value. SELL: fraction of the holding. HOLD: 0. With an entry: its margin / total value. */
  readonly position_size: number;
  /** The position to open; null or absent: only `position_size` counts. */
  readonly entry?: Entry | null;
  readonly risk_level: RiskLevel;
  readonly should_execute: boolean;
  readonly reasons: readonly Reason[];
  /** Conviction points missing to a BUY, 0 when reached; null when no decision was possible. */
  readonly distance_to_buy: number | null;
  /** Conviction points above the first SELL, 0 when reached; null as above. */
  readonly distance_to_sell: number | null;
  readonly next_state: InstanceState;
}
