import { Check, Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';

/**
 * Something that has happened, recorded in the transaction that did it: by triggers, but for valuations. Kept for an hour or two. What the
 * columns name may be gone: there are no foreign keys.
 */
@Entity('stream_events')
@Check('ck_stream_events_kind', `kind IN ('tick', 'run', 'chunk', 'instance', 'valuation')`)
export class StreamEvent {
  /** The transaction that recorded it; with the id the place in the order of all events. */
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
   * tick: a run was made; run: it has ended; chunk: executions were recorded; instance: made or changed by somebody;
   * valuation: instances of a definition have another value without a run.
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
