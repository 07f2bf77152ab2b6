import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * A month whose executions, analyses and snapshots are dropped. The row is written before the removal begins, so that reads
 * skip the month instead of finding half of it. Orders, trades, ledger and runs of the month stay.
 */
@Entity('dropped_months')
export class DroppedMonth {
  /** First day of the month. */
  @PrimaryColumn('date', { primaryKeyConstraintName: 'pk_dropped_months' })
  month!: string;

  /** First id of the month; `end_id` is exclusive. */
  @Column('uuid')
  first_id!: string;

  @Column('uuid')
  end_id!: string;

  @Column('timestamptz')
  begun_at!: Date;

  /** Null while the removal is unfinished. */
  @Column('timestamptz', { nullable: true })
  finished_at!: Date | null;
}
