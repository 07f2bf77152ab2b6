import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** Who did what to which thing, and when. Rows are only ever added. No foreign key: the log outlives what it names. */
@Entity('audit_log')
@Index('ix_audit_log_time', ['occurredAt', 'id'])
@Index('ix_audit_log_action', ['action', 'occurredAt', 'id'])
@Index('ix_audit_log_actor_id', ['actorId', 'occurredAt', 'id'])
@Index('ix_audit_log_actor_email', ['actorEmail', 'occurredAt', 'id'])
@Index('ix_audit_log_target_type', ['targetType', 'occurredAt', 'id'])
@Index('ix_audit_log_target_id', ['targetId', 'occurredAt', 'id'])
export class AuditEntry {
  /** A bigint, as text. */
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'pk_audit_log',
  })
  id!: string;

  @Column('timestamptz', { name: 'occurred_at' })
  occurredAt!: Date;

  /** Null: nobody signed in, or the program itself. */
  @Column('uuid', { name: 'actor_id', nullable: true })
  actorId!: string | null;

  @Column('varchar', { name: 'actor_email', length: 254, nullable: true })
  actorEmail!: string | null;

  @Column('varchar', { length: 64 })
  action!: string;

  @Column('varchar', { name: 'target_type', length: 64 })
  targetType!: string;

  @Column('varchar', { name: 'target_id', length: 200 })
  targetId!: string;

  @Column('jsonb', { nullable: true })
  before!: Record<string, unknown> | null;

  @Column('jsonb', { nullable: true })
  after!: Record<string, unknown> | null;

  @Column('varchar', { name: 'trace_id', length: 64, nullable: true })
  traceId!: string | null;
}
