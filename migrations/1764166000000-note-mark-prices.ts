import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The price that total_value was computed at, and when, so that positions are shown at the price of their instance's value.
 * By instance: one that a run works on is left out by a valuation, which notes the first price.
 */
export class NoteMarkPrices1764166000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE portfolios ADD COLUMN mark_price numeric(38,18), ADD COLUMN marked_at timestamptz,
        ADD CONSTRAINT ck_portfolios_mark_price CHECK (mark_price > 0 AND mark_price <> 'NaN')`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE portfolios DROP COLUMN mark_price, DROP COLUMN marked_at`);
  }
}
