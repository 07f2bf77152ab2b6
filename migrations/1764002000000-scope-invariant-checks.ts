import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A check may look at the recent past only: its row says from when on; null: at everything. */
export class ScopeInvariantChecks1764002000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE invariant_checks ADD COLUMN since timestamptz`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE invariant_checks DROP COLUMN since`);
  }
}
