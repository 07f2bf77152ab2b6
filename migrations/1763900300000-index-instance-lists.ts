import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The return of an instance as a column, because an index needs one, and the indexes by which instances are sorted and
 * counted. Rounded to the eight places that are shown, so that a filter by a shown value finds it.
 */
export class IndexInstanceLists1763900300000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE portfolios ADD COLUMN total_pnl_percent double precision NOT NULL
        GENERATED ALWAYS AS (round(total_pnl * 100 / initial_balance, 8)::double precision) STORED`);
    await db.query(`CREATE INDEX ix_portfolios_return ON portfolios (total_pnl_percent, id)`);
    await db.query(`CREATE INDEX ix_portfolios_value ON portfolios (total_value, id)`);
    // A list says how many match: what filters ask for stands in one small index, so that counting reads no table.
    await db.query(`
      CREATE INDEX ix_portfolios_listed
        ON portfolios (archived_at, is_active, strategy_definition_id, trading_mode, user_id)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP INDEX ix_portfolios_listed`);
    await db.query(`DROP INDEX ix_portfolios_value`);
    await db.query(`ALTER TABLE portfolios DROP COLUMN total_pnl_percent`);
  }
}
