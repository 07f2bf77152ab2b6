import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * Resource and answer of a request with an Idempotency-Key. The row is written in the transaction that creates the
 * resource; the answer follows. A row without an answer means that the resource exists, but the process ended before it
 * answered.
 */
@Entity('idempotency_keys')
@Index('ix_idempotency_keys_expires', ['expires_at'])
export class IdempotencyKey {
  /** `user:<id>` or `address:<address>`: the keys of different callers are independent. */
  @PrimaryColumn('varchar', { length: 100, primaryKeyConstraintName: 'pk_idempotency_keys' })
  caller!: string;

  @PrimaryColumn('varchar', { length: 255, primaryKeyConstraintName: 'pk_idempotency_keys' })
  key!: string;

  /** HMAC of method, path and body. */
  @Column('varchar', { length: 64 })
  request_hash!: string;

  @Column('varchar', { length: 64 })
  resource_id!: string;

  @Column('smallint', { nullable: true })
  answer_status!: number | null;

  @Column('jsonb', { nullable: true })
  answer_headers!: Record<string, string> | null;

  /** The JSON text as it was sent. */
  @Column('text', { nullable: true })
  answer_body!: string | null;

  @Column('timestamptz')
  expires_at!: Date;
}
