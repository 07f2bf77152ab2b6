import { Column, Entity, JoinColumn, OneToOne, PrimaryColumn } from 'typeorm';

/** How an outside API does, and when it may be asked next; shared by all processes, timed by the database's clock. */
@Entity('api_states')
export class ApiState {
  @PrimaryColumn('varchar', { name: 'api_name', length: 64, primaryKeyConstraintName: 'pk_api_states' })
  apiName!: string;

  @OneToOne('ApiConfig', { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn({ name: 'api_name', foreignKeyConstraintName: 'fk_api_states_api' })
  api?: unknown;

  /** When all requests that were let through are paid off at the API's rate; see the gate. */
  @Column('timestamptz', { name: 'next_slot_at', default: () => 'now()' })
  nextSlotAt!: Date;

  /** The API asked to be left alone until then. */
  @Column('timestamptz', { name: 'paused_until', nullable: true })
  pausedUntil!: Date | null;

  /** To the minute. */
  @Column('timestamptz', { name: 'last_success_at', nullable: true })
  lastSuccessAt!: Date | null;

  @Column('timestamptz', { name: 'last_failure_at', nullable: true })
  lastFailureAt!: Date | null;

  @Column('jsonb', { name: 'last_failure', nullable: true })
  lastFailure!: { code: string; message: string } | null;

  /** Failures since the last success. */
  @Column('integer', { name: 'failures_in_row', default: 0 })
  failuresInRow!: number;

  /** How far the API's clock is ahead of the database's at the last success; null before it or where it tells no time. */
  @Column('integer', { name: 'clock_skew_seconds', nullable: true })
  clockSkewSeconds!: number | null;
}
