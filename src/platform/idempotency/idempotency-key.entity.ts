import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * What a request with an Idempotency-Key has made, and how it was answered. The row is written in the transaction that
 * makes it; the answer follows, so that a row without one means: it is there, but the process ended before it answered.
 */
@Entity('idempotency_keys')
@Index('ix_idempotency_keys_expires', ['expiresAt'])
export class IdempotencyKey {
  /** `user:<id>` or `address:<address>`: keys of different callers have nothing to do with each other. */
  @PrimaryColumn('varchar', { length: 100, primaryKeyConstraintName: 'pk_idempotency_keys' })
  caller!: string;

  @PrimaryColumn('varchar', { length: 255, primaryKeyConstraintName: 'pk_idempotency_keys' })
  key!: string;

  /** HMAC of method, path and body. */
  @Column('varchar', { name: 'request_hash', length: 64 })
  requestHash!: string;

  @Column('varchar', { name: 'resource_id', length: 64 })
  resourceId!: string;

  @Column('smallint', { name: 'answer_status', nullable: true })
  answerStatus!: number | null;

  @Column('jsonb', { name: 'answer_headers', nullable: true })
  answerHeaders!: Record<string, string> | null;

  /** The JSON text as it was sent. */
  @Column('text', { name: 'answer_body', nullable: true })
  answerBody!: string | null;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
}
