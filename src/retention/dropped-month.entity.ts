import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * A month whose executions, analyses and snapshots are not kept any more: from the moment when its removal begins, so
 * that nobody misses what is half gone. Orders, trades, ledger and runs of the month stay.
 */
@Entity('dropped_months')
export class DroppedMonth {
  /** Its first day. */
  @PrimaryColumn('date', { primaryKeyConstraintName: 'pk_dropped_months' })
  month!: string;

  /** Ids from this one on, up to but not including `end_id`, are of the month. */
  @Column('uuid')
  first_id!: string;

  @Column('uuid')
  end_id!: string;

  @Column('timestamptz')
  begun_at!: Date;

  /** Null while something of it is still there. */
  @Column('timestamptz', { nullable: true })
  finished_at!: Date | null;
}
