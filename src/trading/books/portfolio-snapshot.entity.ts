import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A point of an instance's equity curve, in quote currency. Partitioned by the month of `taken_at`. */
@Entity('portfolio_snapshots')
@Index('ix_portfolio_snapshots_taken', ['taken_at'], { type: 'brin' })
@Check(
  'ck_portfolio_snapshots_money',
  `total_value <> 'NaN' AND cash <> 'NaN' AND positions_value <> 'NaN' AND price <> 'NaN'`,
)
export class PortfolioSnapshot {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_portfolio_snapshots' })
  portfolio_id!: string;

  @PrimaryColumn('timestamptz', { primaryKeyConstraintName: 'pk_portfolio_snapshots' })
  taken_at!: Date;

  @Column('numeric', { precision: 38, scale: 18 })
  total_value!: string;

  @Column('numeric', { precision: 38, scale: 18 })
  cash!: string;

  @Column('numeric', { precision: 38, scale: 18 })
  positions_value!: string;

  /** Price of the definition's symbol; null for the snapshot of the deposit, which needs no price. */
  @Column('numeric', { precision: 38, scale: 18, nullable: true })
  price!: string | null;
}
