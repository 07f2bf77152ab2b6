import type { EntityManager } from 'typeorm';

/** Injection token of the {@link PositionCloser}. */
export const POSITION_CLOSER = Symbol('POSITION_CLOSER');

/** Stored as the `reason` of the trade. */
export type CloseReason = 'closed_by_owner' | 'closed_by_admin';

/** Closes or abandons the open position of an instance that is archived. */
export interface PositionCloser {
  /**
   * The current price of a symbol at the venue of a trade channel, decimal string in quote currency. Call it before the
   * transaction begins: it may need its own connection, and transactions that wait for one can exhaust the pool.
   * @throws Unavailable (503) without a price.
   */
  priceOf(symbol: string, channel: string): Promise<string>;

  /**
   * Closes the open position of an instance at a price and books it: order, trade, ledger, position, portfolio, snapshot.
   * Uses only the caller's transaction, which must hold a lock on the instance's row. Does nothing without a position. A
   * position below the venue's minimum notional cannot be closed and stays.
   */
  closePositions(
    manager: EntityManager,
    portfolioId: string,
    price: string,
    reason: CloseReason,
    now: Date,
  ): Promise<void>;

  /**
   * Abandons the open position of an instance and records the funding owed up to `now`, within the caller's transaction.
   */
  leavePositions(manager: EntityManager, portfolioId: string, now: Date): Promise<void>;
}
