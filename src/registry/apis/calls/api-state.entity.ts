import { Column, Entity, JoinColumn, OneToOne, PrimaryColumn } from 'typeorm';

/** State of an outside API, and when it may be called next; shared by all processes, timed by the database's clock. */
@Entity('api_states')
export class ApiState {
  @PrimaryColumn('varchar', { length: 64, primaryKeyConstraintName: 'pk_api_states' })
  api_name!: string;

  @OneToOne('ApiConfig', { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn({ name: 'api_name', foreignKeyConstraintName: 'fk_api_states_api' })
  api?: unknown;

  /** When all admitted requests are paid off at the API's rate: see ApiStateStore. */
  @Column('timestamptz', { default: () => 'now()' })
  next_slot_at!: Date;

  /** The API asked for no requests until then. */
  @Column('timestamptz', { nullable: true })
  paused_until!: Date | null;

  /** Accurate to a minute: see ApiStateStore.succeeded. */
  @Column('timestamptz', { nullable: true })
  last_success_at!: Date | null;

  @Column('timestamptz', { nullable: true })
  last_failure_at!: Date | null;

  @Column('jsonb', { nullable: true })
  last_failure!: { code: string; message: string } | null;

  @Column('integer', { default: 0 })
  failures_in_row!: number;

  /**
   * Seconds by which the API's clock was ahead of the database's at the last success; null before it, or when the API
   * sends no time.
   */
  @Column('integer', { nullable: true })
  clock_skew_seconds!: number | null;
}
