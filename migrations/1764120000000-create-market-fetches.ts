import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Answers of outside APIs that all processes use while they are fresh. Unlogged: after a crash they are fetched again.
 */
export class CreateMarketFetches1764120000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE UNLOGGED TABLE market_fetches (
        fetch_key varchar(120) NOT NULL,
        claimed_until timestamptz NOT NULL,
        asked_at timestamptz,
        answer jsonb,
        failures integer NOT NULL DEFAULT 0,
        last_failure text,
        CONSTRAINT pk_market_fetches PRIMARY KEY (fetch_key)
      )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE market_fetches`);
  }
}
