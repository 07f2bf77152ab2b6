/** Rows of the books, by table. Money is decimal text. */
export interface OrderRow {
  readonly id: string;
  readonly portfolio_id: string;
  /** Null when no run made it. */
  readonly execution_id: string | null;
  readonly client_order_id: string;
  readonly channel: string;
  readonly mode: 'paper';
  readonly symbol: string;
  readonly side: 'BUY' | 'SELL';
  readonly type: 'market' | 'limit';
  /** Of a limit order; absent on a market order. */
  readonly price?: string;
  readonly quantity: string;
  readonly status: 'filled';
  readonly filled_quantity: string;
  readonly average_price: string;
  readonly created_at: Date;
}

export interface TradeRow {
  readonly id: string;
  readonly order_id: string;
  readonly venue_trade_id: string;
  readonly portfolio_id: string;
  /** Null when no run made it. */
  readonly execution_id: string | null;
  readonly symbol: string;
  readonly trade_type: 'BUY' | 'SELL';
  readonly quantity: string;
  readonly price: string;
  readonly notional: string;
  readonly fee: string;
  readonly fee_asset: string;
  readonly realized_pnl: string | null;
  readonly balance_before: string;
  readonly balance_after: string;
  readonly holding_before: string;
  readonly holding_after: string;
  readonly reason: string;
  readonly executed_at: Date;
}

export interface LedgerRow {
  readonly portfolio_id: string;
  readonly asset: string;
  readonly amount: string;
  readonly kind: string;
  /** Null for what is no fill, as funding. */
  readonly trade_id: string | null;
  readonly occurred_at: Date;
}

export interface PositionRow {
  readonly portfolio_id: string;
  readonly symbol: string;
  /** null: closed, and the row goes. */
  readonly quantity: string | null;
  readonly average_entry_price: string | null;
  readonly cost_basis: string | null;
  readonly opened_at: Date;
  readonly updated_at: Date;
  /** Absent on spot without stops: then the columns keep what they have. */
  readonly details?: PositionDetails;
  /** Of a perpetual position that was there before; null: none was. */
  readonly held: HeldBefore | null;
}

/** A perpetual position as it was before a change: its hours up to then are owed as it was. */
export interface HeldBefore {
  /** Hours that end after it do not count. */
  readonly until: Date;
  /** How it ended; null: it is open still. */
  readonly ended: { readonly equity: string; readonly taken_over: boolean } | null;
}

/** What a position has besides, where it is perpetual or has stops. */
export interface PositionDetails {
  readonly side: 'long' | 'short';
  readonly entry_notional: string;
  readonly margin: string;
  readonly leverage: string;
  /** The hour up to which the hours that it was held are recorded; null on spot. */
  readonly funding_until: Date | null;
  /** Null: those that are stored stay. */
  readonly levels: PositionLevels | null;
}

/** Stops as they are stored; null: there is none. */
export interface PositionLevels {
  readonly stop_loss: string | null;
  readonly take_profit: string | null;
  readonly stop_distance: string | null;
  readonly expires_at: Date | null;
  readonly levels_since: Date;
}

/** The money of an instance after a trade or a valuation, and its trade counters. */
export interface BalanceRow {
  readonly id: string;
  readonly current_balance: string;
  readonly total_value: string;
  /** The market's price that it was computed at. */
  readonly mark_price: string;
  readonly marked_at: Date;
  readonly total_pnl: string;
  readonly peak_value: string;
  readonly max_drawdown: number;
  readonly total_trades: number;
  readonly winning_trades: number;
  readonly losing_trades: number;
  readonly win_rate: number | null;
  readonly last_snapshot_at: Date | null;
  readonly last_snapshot_value: string | null;
}

export interface SnapshotRow {
  /** There may be one of the same moment already, which this one replaces. */
  readonly replaces: boolean;
  readonly portfolio_id: string;
  readonly taken_at: Date;
  readonly total_value: string;
  readonly cash: string;
  readonly positions_value: string;
  readonly price: string;
}
