import type { EntityManager } from 'typeorm';

/** Injection token of the {@link PositionCloser}. */
export const POSITION_CLOSER = Symbol('POSITION_CLOSER');

/** Stored as the `reason` of the trade. */
export type CloseReason = 'closed_by_owner' | 'closed_by_admin';

/** The market that a position is closed at; decimal strings. */
export interface ClosingMarket {
  /** In quote currency. */
  readonly price: string;
  /** Base units that the last hour traded, by which a large position moves the price; null: not known. */
  readonly hourVolume: string | null;
}

/** Closes or abandons the open position of an instance that is archived. */
export interface PositionCloser {
  /**
   * The current market of a symbol at the venue of a trade channel. Call it before the transaction begins: it may need its
   * own connection, and transactions that wait for one can exhaust the pool.
   * @throws Unavailable (503) without a price.
   */
  marketOf(symbol: string, channel: string): Promise<ClosingMarket>;

  /**
   * Closes the whole open position of an instance, however large, at a market and books it: order, trade, ledger, position,
   * portfolio, snapshot. Uses only the caller's transaction, which must hold a lock on the instance's row. Does nothing
   * without a position. A position below the venue's minimum notional cannot be closed and stays.
   */
  closePositions(
    manager: EntityManager,
    portfolioId: string,
    market: ClosingMarket,
    reason: CloseReason,
    now: Date,
  ): Promise<void>;

  /**
   * Abandons the open position of an instance and records the funding owed up to `now`, within the caller's transaction.
   */
  leavePositions(manager: EntityManager, portfolioId: string, now: Date): Promise<void>;
}
