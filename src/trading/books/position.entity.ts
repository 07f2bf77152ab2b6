import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';

/** A closed position has no row. */
@Entity('positions')
@Index('ix_positions_symbol', ['symbol'])
@Index('ix_positions_kept', ['symbol', 'portfolio_id'], { where: '(levels_since IS NOT NULL)' })
@Check('ck_positions_side', `side IN ('long', 'short')`)
@Check('ck_positions_quantity', `quantity > 0 AND quantity <> 'NaN'`)
@Check('ck_positions_money', `average_entry_price <> 'NaN' AND cost_basis <> 'NaN' AND margin <> 'NaN'`)
@Check('ck_positions_entry', `entry_notional >= 0 AND entry_notional <> 'NaN' AND leverage >= 1 AND leverage <> 'NaN'`)
@Check(
  'ck_positions_stops',
  `stop_loss > 0 AND stop_loss <> 'NaN' AND take_profit > 0 AND take_profit <> 'NaN' AND stop_distance > 0 AND stop_distance <> 'NaN'`,
)
export class Position {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_positions' })
  portfolio_id!: string;

  @ManyToOne('Portfolio', { nullable: false })
  @JoinColumn({ name: 'portfolio_id', foreignKeyConstraintName: 'fk_positions_portfolio' })
  portfolio?: unknown;

  @PrimaryColumn('varchar', { length: 20, primaryKeyConstraintName: 'pk_positions' })
  symbol!: string;

  @Column('varchar', { length: 8 })
  side!: 'long' | 'short';

  /** Base units. */
  @Column('numeric', { precision: 38, scale: 18 })
  quantity!: string;

  /** Quote per base unit; includes the fees of buying on spot, no fees on perpetuals. */
  @Column('numeric', { precision: 38, scale: 18 })
  average_entry_price!: string;

  /** Quote invested: the cost of a spot holding or the margin of a perpetual, opening fees included. */
  @Column('numeric', { precision: 38, scale: 18 })
  cost_basis!: string;

  @Column('numeric', { precision: 38, scale: 18, default: 1 })
  leverage!: string;

  @Column('numeric', { precision: 38, scale: 18, default: 0 })
  margin!: string;

  @Column('numeric', { precision: 38, scale: 18, nullable: true })
  stop_loss!: string | null;

  @Column('numeric', { precision: 38, scale: 18, nullable: true })
  take_profit!: string | null;

  /** Notional of a perpetual at its entry, without fees; 0 on spot. */
  @Column('numeric', { precision: 38, scale: 18, default: 0 })
  entry_notional!: string;

  /** One R, in quote per base unit; the stop trails by multiples of it. Null: no trailing. */
  @Column('numeric', { precision: 38, scale: 18, nullable: true })
  stop_distance!: string | null;

  /** The time stop. */
  @Column('timestamptz', { nullable: true })
  expires_at!: Date | null;

  /** Start of the current stops; null for a spot position without stops. */
  @Column('timestamptz', { nullable: true })
  levels_since!: Date | null;

  /** End of the last hour recorded for funding; null on spot. */
  @Column('timestamptz', { nullable: true })
  funding_until!: Date | null;

  @Column('timestamptz')
  opened_at!: Date;

  @Column('timestamptz')
  updated_at!: Date;
}
