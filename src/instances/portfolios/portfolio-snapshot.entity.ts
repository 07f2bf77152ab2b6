import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A point of an instance's equity curve, in quote currency. Partitioned by the month of `taken_at`. */
@Entity('portfolio_snapshots')
@Index('ix_portfolio_snapshots_taken', ['takenAt'], { type: 'brin' })
@Check(
  'ck_portfolio_snapshots_money',
  `total_value <> 'NaN' AND cash <> 'NaN' AND positions_value <> 'NaN' AND price <> 'NaN'`,
)
export class PortfolioSnapshot {
  @PrimaryColumn('uuid', { name: 'portfolio_id', primaryKeyConstraintName: 'pk_portfolio_snapshots' })
  portfolioId!: string;

  @PrimaryColumn('timestamptz', { name: 'taken_at', primaryKeyConstraintName: 'pk_portfolio_snapshots' })
  takenAt!: Date;

  @Column('numeric', { name: 'total_value', precision: 38, scale: 18 })
  totalValue!: string;

  @Column('numeric', { precision: 38, scale: 18 })
  cash!: string;

  @Column('numeric', { name: 'positions_value', precision: 38, scale: 18 })
  positionsValue!: string;

  /** Price of the definition's symbol; null where nothing was valued with it (the deposit). */
  @Column('numeric', { precision: 38, scale: 18, nullable: true })
  price!: string | null;
}
