import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How each outside API does, and when it may be asked next: shared by all processes. */
export class CreateApiStates1764100000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE api_states (
        api_name varchar(64) NOT NULL,
        next_slot_at timestamptz NOT NULL DEFAULT now(),
        paused_until timestamptz,
        last_success_at timestamptz,
        last_failure_at timestamptz,
        last_failure jsonb,
        failures_in_row integer NOT NULL DEFAULT 0,
        clock_skew_seconds integer,
        CONSTRAINT pk_api_states PRIMARY KEY (api_name),
        CONSTRAINT fk_api_states_api FOREIGN KEY (api_name) REFERENCES api_config (api_name) ON DELETE CASCADE
      )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE api_states`);
  }
}
