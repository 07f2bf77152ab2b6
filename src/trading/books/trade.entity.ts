import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, Unique } from 'typeorm';

/** A fill: what a venue did for an order. Never changed. */
@Entity('trades')
@Unique('uq_trades_fill', ['orderId', 'venueTradeId'])
@Index('ix_trades_portfolio', ['portfolioId', 'id'])
@Check('ck_trades_type', `trade_type IN ('BUY', 'SELL')`)
@Check('ck_trades_quantity', `quantity > 0 AND quantity <> 'NaN'`)
@Check('ck_trades_price', `price > 0 AND price <> 'NaN'`)
@Check('ck_trades_money', `notional <> 'NaN' AND fee >= 0 AND fee <> 'NaN' AND realized_pnl <> 'NaN'`)
@Check('ck_trades_balances', `balance_after >= 0 AND balance_after <> 'NaN' AND holding_after <> 'NaN'`)
export class Trade {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_trades' })
  id!: string;

  @Column('uuid', { name: 'order_id' })
  orderId!: string;

  @ManyToOne('Order', { nullable: false })
  @JoinColumn({ name: 'order_id', foreignKeyConstraintName: 'fk_trades_order' })
  order?: unknown;

  /** The venue's id of the fill; on paper the fill's number within the order. */
  @Column('varchar', { name: 'venue_trade_id', length: 64 })
  venueTradeId!: string;

  @Column('uuid', { name: 'portfolio_id' })
  portfolioId!: string;

  @ManyToOne('Portfolio', { nullable: false })
  @JoinColumn({ name: 'portfolio_id', foreignKeyConstraintName: 'fk_trades_portfolio' })
  portfolio?: unknown;

  @Column('uuid', { name: 'execution_id', nullable: true })
  executionId!: string | null;

  @Column('varchar', { length: 20 })
  symbol!: string;

  @Column('varchar', { name: 'trade_type', length: 8 })
  tradeType!: 'BUY' | 'SELL';

  @Column('numeric', { precision: 38, scale: 18 })
  quantity!: string;

  @Column('numeric', { precision: 38, scale: 18 })
  price!: string;

  /** quantity * price, quote currency. */
  @Column('numeric', { precision: 38, scale: 18 })
  notional!: string;

  @Column('numeric', { precision: 38, scale: 18 })
  fee!: string;

  @Column('varchar', { name: 'fee_asset', length: 20 })
  feeAsset!: string;

  /** Quote; null when nothing was closed. */
  @Column('numeric', { name: 'realized_pnl', precision: 38, scale: 18, nullable: true })
  realizedPnl!: string | null;

  @Column('numeric', { name: 'balance_before', precision: 38, scale: 18 })
  balanceBefore!: string;

  @Column('numeric', { name: 'balance_after', precision: 38, scale: 18 })
  balanceAfter!: string;

  /** Negative for a short; so is what is left. */
  @Column('numeric', { name: 'holding_before', precision: 38, scale: 18 })
  holdingBefore!: string;

  @Column('numeric', { name: 'holding_after', precision: 38, scale: 18 })
  holdingAfter!: string;

  /** Code of what caused it, for example `buy_signal`. */
  @Column('varchar', { length: 64 })
  reason!: string;

  @Column('timestamptz', { name: 'executed_at' })
  executedAt!: Date;
}
