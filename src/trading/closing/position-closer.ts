import type { EntityManager } from 'typeorm';

/** Injection token of the {@link PositionCloser}. */
export const POSITION_CLOSER = Symbol('POSITION_CLOSER');

/** Who wanted a position sold, as the trade tells it. */
export type CloseReason = 'closed_by_owner' | 'closed_by_admin';

/** The market that a position is closed at; decimal strings. */
export interface ClosingMarket {
  /** In quote currency. */
  readonly price: string;
  /** Base units that the last hour traded, by which a large position moves the price; null: not known. */
  readonly hourVolume: string | null;
}

/** What becomes of what an instance holds when somebody archives it: sold, or left as it is. */
export interface PositionCloser {
  /**
   * What a symbol can be sold at now at the venue of a trade channel. Call it before the transaction begins: it
   * may need a connection of its own, and a transaction that waits for one can exhaust the pool.
   * @throws Unavailable (503) when there is no price.
   */
  marketOf(symbol: string, channel: string): Promise<ClosingMarket>;

  /**
   * Sells the open position of an instance, all of it at once however large it is, and books it: order, trade, ledger, position, portfolio,
   * snapshot. Works within the caller's transaction, which holds a lock on the instance's row, and with its
   * manager only. With nothing to sell it does nothing. What is below the venue's minimum cannot be sold and stays.
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
