import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The price that total_value was computed at, and when, of each instance in place of each market: an instance that a run
 * works on is left out by a valuation. The next valuation notes the first.
 */
export class NoteMarkPrices1764166000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE portfolios ADD COLUMN mark_price numeric(38,18), ADD COLUMN marked_at timestamptz,
        ADD CONSTRAINT ck_portfolios_mark_price CHECK (mark_price > 0 AND mark_price <> 'NaN')`);
    await db.query(`DROP TABLE valued_markets`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE valued_markets (
        channel varchar(32) NOT NULL,
        symbol varchar(20) NOT NULL,
        price numeric(38, 18) NOT NULL,
        valued_at timestamptz NOT NULL,
        CONSTRAINT pk_valued_markets PRIMARY KEY (channel, symbol)
      )`);
    await db.query(`ALTER TABLE portfolios DROP COLUMN mark_price, DROP COLUMN marked_at`);
  }
}
