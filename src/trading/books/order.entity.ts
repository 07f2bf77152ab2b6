import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, Unique } from 'typeorm';

type OrderStatus =
  | 'intent'
  | 'sent'
  | 'filled'
  | 'partially_filled'
  | 'rejected'
  | 'canceled'
  | 'unknown'
  | 'not_accepted';

/** An execution has at most one order. */
@Entity('orders')
@Unique('uq_orders_client_order_id', ['client_order_id'])
@Unique('uq_orders_execution', ['execution_id'])
@Index('ix_orders_portfolio', ['portfolio_id', 'id'])
@Check('ck_orders_mode', `mode IN ('paper', 'live')`)
@Check('ck_orders_side', `side IN ('BUY', 'SELL')`)
@Check(
  'ck_orders_status',
  `status IN ('intent', 'sent', 'filled', 'partially_filled', 'rejected', 'canceled', 'unknown', 'not_accepted')`,
)
@Check('ck_orders_quantity', `quantity > 0 AND quantity <> 'NaN'`)
@Check('ck_orders_filled', `filled_quantity >= 0 AND filled_quantity <= quantity`)
export class Order {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_orders' })
  id!: string;

  @Column('uuid')
  portfolio_id!: string;

  @ManyToOne('Portfolio', { nullable: false })
  @JoinColumn({ name: 'portfolio_id', foreignKeyConstraintName: 'fk_orders_portfolio' })
  portfolio?: unknown;

  /** Null for orders outside a run, such as a close on request. No foreign key: orders outlive their execution's month. */
  @Column('uuid', { nullable: true })
  execution_id!: string | null;

  /** Id for queries about the order at the venue; never reused. */
  @Column('varchar', { length: 64 })
  client_order_id!: string;

  @Column('varchar', { length: 32 })
  channel!: string;

  @Column('varchar', { length: 8 })
  mode!: 'paper' | 'live';

  @Column('varchar', { length: 20 })
  symbol!: string;

  @Column('varchar', { length: 8 })
  side!: 'BUY' | 'SELL';

  @Column('varchar', { length: 16 })
  type!: 'market' | 'limit';

  @Column('numeric', { precision: 38, scale: 18 })
  quantity!: string;

  /** Limit price; null for a market order. */
  @Column('numeric', { precision: 38, scale: 18, nullable: true })
  price!: string | null;

  @Column('varchar', { length: 24 })
  status!: OrderStatus;

  @Column('numeric', { precision: 38, scale: 18 })
  filled_quantity!: string;

  @Column('numeric', { precision: 38, scale: 18, nullable: true })
  average_price!: string | null;

  /** The venue's refusal. */
  @Column('jsonb', { nullable: true })
  error!: { readonly code: string; readonly message: string } | null;

  @Column('timestamptz')
  created_at!: Date;

  @Column('timestamptz')
  updated_at!: Date;
}
