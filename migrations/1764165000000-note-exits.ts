import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What funding noted, stops note as well: a run of before that does not decide on what is after it. */
export class NoteExits1764165000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE portfolios RENAME COLUMN funded_at TO kept_at`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE portfolios RENAME COLUMN kept_at TO funded_at`);
  }
}
