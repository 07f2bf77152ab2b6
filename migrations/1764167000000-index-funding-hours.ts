import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Hours are written in their order, so that block ranges lead to those of a day that is not kept any more. */
export class IndexFundingHours1764167000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`CREATE INDEX ix_funding_hours_hour ON funding_hours USING brin (hour)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP INDEX ix_funding_hours_hour`);
  }
}
