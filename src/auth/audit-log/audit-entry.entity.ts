import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/**
 * Who did what to which object, and when. Append-only. No foreign keys, because entries outlive the rows that they
 * name.
 */
@Entity('audit_log')
@Index('ix_audit_log_time', ['occurred_at', 'id'])
@Index('ix_audit_log_action', ['action', 'occurred_at', 'id'])
@Index('ix_audit_log_actor_id', ['actor_id', 'occurred_at', 'id'])
@Index('ix_audit_log_actor_email', ['actor_email', 'occurred_at', 'id'])
@Index('ix_audit_log_target_type', ['target_type', 'occurred_at', 'id'])
@Index('ix_audit_log_target_id', ['target_id', 'occurred_at', 'id'])
export class AuditEntry {
  /** A bigint, as text. */
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'pk_audit_log',
  })
  id!: string;

  @Column('timestamptz')
  occurred_at!: Date;

  /** Null: not signed in, or the program itself. */
  @Column('uuid', { nullable: true })
  actor_id!: string | null;

  @Column('varchar', { length: 254, nullable: true })
  actor_email!: string | null;

  @Column('varchar', { length: 64 })
  action!: string;

  @Column('varchar', { length: 64 })
  target_type!: string;

  @Column('varchar', { length: 200 })
  target_id!: string;

  @Column('jsonb', { nullable: true })
  before!: Record<string, unknown> | null;

  @Column('jsonb', { nullable: true })
  after!: Record<string, unknown> | null;

  @Column('varchar', { length: 64, nullable: true })
  trace_id!: string | null;
}
