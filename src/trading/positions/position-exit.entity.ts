import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, Unique } from 'typeorm';
import type { EXIT_KINDS } from '../../domain/trading/exits.js';

/** A position with its stops, and what the market did; decimal text. Together with the cash before its trade
 * this is enough to recompute the exit. */
export interface ExitBasis {
  readonly position: {
    readonly side: 'long' | 'short';
    readonly quantity: string;
    readonly entry_notional: string;
    readonly margin: string;
    readonly cost_basis: string;
    readonly leverage: string;
    readonly average_entry_price: string;
  };
  readonly levels: {
    readonly stop_loss: string | null;
    readonly take_profit: string | null;
    readonly stop_distance: string | null;
    readonly expires_at: Date | null;
    readonly levels_since: Date;
  };
  readonly observation: Readonly<Record<'open' | 'high' | 'low' | 'close', string>>;
  /** Base units that an hour traded; null: not known. Absent in exits of version 0.1.0, which did not look at it. */
  readonly hour_volume?: string | null;
  readonly slippage_bps: number;
}

/** A position closed between runs by a stop or a liquidation; at most one row a position. */
@Entity('position_exits')
@Unique('uq_position_exits_position', ['portfolio_id', 'symbol', 'opened_at'])
@Index('ix_position_exits_portfolio', ['portfolio_id', 'id'])
@Check('ck_position_exits_side', `side IN ('long', 'short')`)
@Check('ck_position_exits_kind', `kind IN ('liquidation', 'stop_loss', 'trailing_stop', 'take_profit', 'time_stop')`)
@Check('ck_position_exits_prices', `level > 0 AND level <> 'NaN' AND price > 0 AND price <> 'NaN'`)
export class PositionExit {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_position_exits' })
  id!: string;

  @Column('uuid')
  portfolio_id!: string;

  @ManyToOne('Portfolio', { nullable: false })
  @JoinColumn({ name: 'portfolio_id', foreignKeyConstraintName: 'fk_position_exits_portfolio' })
  portfolio?: unknown;

  @Column('varchar', { length: 20 })
  symbol!: string;

  /** Side of the closed position. */
  @Column('varchar', { length: 8 })
  side!: 'long' | 'short';

  @Column('varchar', { length: 16 })
  kind!: (typeof EXIT_KINDS)[number];

  /** The level that was reached; for a time stop, the price. */
  @Column('numeric', { precision: 38, scale: 18 })
  level!: string;

  /** Market price of the close, before slippage. */
  @Column('numeric', { precision: 38, scale: 18 })
  price!: string;

  /** Start of the candle (or time of the price) that reached the level. */
  @Column('timestamptz')
  observed_from!: Date;

  @Column('timestamptz')
  observed_until!: Date;

  /** Opening time of the position; identifies it. */
  @Column('timestamptz')
  opened_at!: Date;

  @Column('uuid')
  order_id!: string;

  @ManyToOne('Order', { nullable: false })
  @JoinColumn({ name: 'order_id', foreignKeyConstraintName: 'fk_position_exits_order' })
  order?: unknown;

  @Column('timestamptz')
  executed_at!: Date;

  /** Inputs of the exit; null on rows older than this column. */
  @Column('jsonb', { nullable: true })
  basis!: ExitBasis | null;
}
