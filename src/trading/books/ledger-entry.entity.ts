import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';

/** One movement of an asset. Append-only; stored balances always equal the sums of these entries. */
@Entity('ledger_entries')
@Index('ix_ledger_entries_portfolio', ['portfolio_id', 'id'])
@Check(
  'ck_ledger_entries_kind',
  `kind IN ('deposit', 'withdrawal', 'trade', 'fee', 'funding', 'liquidation', 'adjustment')`,
)
@Check('ck_ledger_entries_amount', `amount <> 'NaN'`)
export class LedgerEntry {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'pk_ledger_entries',
  })
  id!: string;

  @Column('uuid')
  portfolio_id!: string;

  @ManyToOne('Portfolio', { nullable: false })
  @JoinColumn({ name: 'portfolio_id', foreignKeyConstraintName: 'fk_ledger_entries_portfolio' })
  portfolio?: unknown;

  @Column('varchar', { length: 20 })
  asset!: string;

  /** Positive for an inflow. */
  @Column('numeric', { precision: 38, scale: 18 })
  amount!: string;

  @Column('varchar', { length: 16 })
  kind!: 'deposit' | 'withdrawal' | 'trade' | 'fee' | 'funding' | 'liquidation' | 'adjustment';

  @Column('uuid', { nullable: true })
  trade_id!: string | null;

  @Column('timestamptz')
  occurred_at!: Date;
}
