import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, Unique } from 'typeorm';

/** A fill of an order. Immutable. */
@Entity('trades')
@Unique('uq_trades_fill', ['order_id', 'venue_trade_id'])
@Index('ix_trades_portfolio', ['portfolio_id', 'id'])
@Check('ck_trades_type', `trade_type IN ('BUY', 'SELL')`)
@Check('ck_trades_quantity', `quantity > 0 AND quantity <> 'NaN'`)
@Check('ck_trades_price', `price > 0 AND price <> 'NaN'`)
@Check('ck_trades_money', `notional <> 'NaN' AND fee >= 0 AND fee <> 'NaN' AND realized_pnl <> 'NaN'`)
@Check('ck_trades_balances', `balance_after >= 0 AND balance_after <> 'NaN' AND holding_after <> 'NaN'`)
export class Trade {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_trades' })
  id!: string;

  @Column('uuid')
  order_id!: string;

  @ManyToOne('Order', { nullable: false })
  @JoinColumn({ name: 'order_id', foreignKeyConstraintName: 'fk_trades_order' })
  order?: unknown;

  /** The venue's id of the fill; on paper the fill's number within the order. */
  @Column('varchar', { length: 64 })
  venue_trade_id!: string;

  @Column('uuid')
  portfolio_id!: string;

  @ManyToOne('Portfolio', { nullable: false })
  @JoinColumn({ name: 'portfolio_id', foreignKeyConstraintName: 'fk_trades_portfolio' })
  portfolio?: unknown;

  @Column('uuid', { nullable: true })
  execution_id!: string | null;

  @Column('varchar', { length: 20 })
  symbol!: string;

  @Column('varchar', { length: 8 })
  trade_type!: 'BUY' | 'SELL';

  @Column('numeric', { precision: 38, scale: 18 })
  quantity!: string;

  @Column('numeric', { precision: 38, scale: 18 })
  price!: string;

  /** quantity * price, quote currency. */
  @Column('numeric', { precision: 38, scale: 18 })
  notional!: string;

  @Column('numeric', { precision: 38, scale: 18 })
  fee!: string;

  @Column('varchar', { length: 20 })
  fee_asset!: string;

  /** Quote; null when nothing was closed. */
  @Column('numeric', { precision: 38, scale: 18, nullable: true })
  realized_pnl!: string | null;

  @Column('numeric', { precision: 38, scale: 18 })
  balance_before!: string;

  @Column('numeric', { precision: 38, scale: 18 })
  balance_after!: string;

  /** Negative for a short, as is holding_after. */
  @Column('numeric', { precision: 38, scale: 18 })
  holding_before!: string;

  @Column('numeric', { precision: 38, scale: 18 })
  holding_after!: string;

  /** Code of the cause, for example `buy_signal`. */
  @Column('varchar', { length: 64 })
  reason!: string;

  @Column('timestamptz')
  executed_at!: Date;
}
