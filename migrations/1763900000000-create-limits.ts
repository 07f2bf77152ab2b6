import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Counters of requests and failed sign-ins, and the answers that an Idempotency-Key brings back. */
export class CreateLimits1763900000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // The columns, in this order, are what rate-limiter-flexible writes. Not logged: a crash of the server empties
    // the table, which costs an hour of counting and nothing else, and every booking is cheaper.
    await db.query(`
      CREATE UNLOGGED TABLE rate_limits (
        key varchar(255) NOT NULL,
        points integer NOT NULL DEFAULT 0,
        expire bigint,
        CONSTRAINT pk_rate_limits PRIMARY KEY (key)
      )`);
    await db.query(`
      CREATE TABLE idempotency_keys (
        caller varchar(100) NOT NULL,
        key varchar(255) NOT NULL,
        request_hash varchar(64) NOT NULL,
        resource_id varchar(64) NOT NULL,
        answer_status smallint,
        answer_headers jsonb,
        answer_body text,
        expires_at timestamptz NOT NULL,
        CONSTRAINT pk_idempotency_keys PRIMARY KEY (caller, key)
      )`);
    await db.query(`CREATE INDEX ix_idempotency_keys_expires ON idempotency_keys (expires_at)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE idempotency_keys`);
    await db.query(`DROP TABLE rate_limits`);
  }
}
