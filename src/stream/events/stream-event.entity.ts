import { Check, Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';

/**
 * An event, recorded in the transaction that caused it: by triggers, except for valuations. Stored for one to two
 * hours. No foreign keys, because the referenced rows may be gone.
 */
@Entity('stream_events')
@Check('ck_stream_events_kind', `kind IN ('tick', 'run', 'chunk', 'instance', 'valuation')`)
export class StreamEvent {
  /** The transaction that recorded it; with the id it defines the order of all events. */
  @PrimaryColumn('bigint', {
    primaryKeyConstraintName: 'pk_stream_events',
    default: () => 'txid_current()',
  })
  xid!: string;

  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'pk_stream_events',
  })
  id!: string;

  /**
   * tick: a run was created; run: it ended; chunk: executions were recorded; instance: a user created or changed it;
   * valuation: the value of instances changed without a run.
   */
  @Column('varchar', { length: 16 })
  kind!: string;

  @Column('uuid', { nullable: true })
  run_id!: string | null;

  @Column('integer', { nullable: true })
  chunk_index!: number | null;

  @Column('uuid', { nullable: true })
  portfolio_id!: string | null;

  @Column('integer', { nullable: true })
  definition_id!: number | null;

  @Column('timestamptz', { default: () => 'clock_timestamp()' })
  occurred_at!: Date;
}
