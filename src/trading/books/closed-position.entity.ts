import { Check, Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';

/** The end of a perpetual position that owed funding at its close. Settling those hours later needs its equity. */
@Entity('closed_positions')
@Check('ck_closed_positions_equity', `equity <> 'NaN'`)
export class ClosedPosition {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_closed_positions' })
  portfolio_id!: string;

  @ManyToOne('Portfolio', { nullable: false })
  @JoinColumn({ name: 'portfolio_id', foreignKeyConstraintName: 'fk_closed_positions_portfolio' })
  portfolio?: unknown;

  @PrimaryColumn('varchar', { length: 20, primaryKeyConstraintName: 'pk_closed_positions' })
  symbol!: string;

  @PrimaryColumn('timestamptz', { primaryKeyConstraintName: 'pk_closed_positions' })
  opened_at!: Date;

  @Column('timestamptz')
  closed_at!: Date;

  /** Margin and profit at the close less the fee, plus the funding settled since; quote currency. */
  @Column('numeric', { precision: 38, scale: 18 })
  equity!: string;

  /** The venue's backstop took the position over; nothing was paid out. */
  @Column('boolean')
  taken_over!: boolean;
}
