import { Check, Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';

/** An instance whose position could not be settled; other instances are not affected. Deleted a day after it last failed. */
@Entity('keeping_faults')
@Check('ck_keeping_faults_task', `task IN ('exits', 'funding')`)
export class SettlementFailure {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_keeping_faults' })
  portfolio_id!: string;

  @ManyToOne('Portfolio', { nullable: false })
  @JoinColumn({ name: 'portfolio_id', foreignKeyConstraintName: 'fk_keeping_faults_portfolio' })
  portfolio?: unknown;

  @PrimaryColumn('varchar', { length: 20, primaryKeyConstraintName: 'pk_keeping_faults' })
  symbol!: string;

  @PrimaryColumn('varchar', { length: 16, primaryKeyConstraintName: 'pk_keeping_faults' })
  task!: 'exits' | 'funding';

  @Column('text')
  message!: string;

  @Column('timestamptz')
  first_at!: Date;

  @Column('timestamptz')
  last_at!: Date;

  @Column('integer')
  times!: number;
}
