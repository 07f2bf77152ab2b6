import { Check, Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';

/** How a perpetual position ended of which hours were owed at its close: what they change depends on it. */
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

  /** Margin and profit at the close less the fee, with the funding that was settled since; quote currency. */
  @Column('numeric', { precision: 38, scale: 18 })
  equity!: string;

  /** By the venue's backstop: nothing came back. */
  @Column('boolean')
  taken_over!: boolean;
}
