import type { MigrationInterface, QueryRunner } from 'typeorm';

/** In every build of PostgreSQL with ICU, which is nearly all of them. */
const UNICODE = 'und-x-icu';

/**
 * What lists look for, in lower case by the rules of Unicode: the locale of a database may know no letters but a to z
 * (that of the embedded one does not), and ILIKE would turn every name into lower case for every question. Without ICU
 * the locale of the database must do.
 */
export class StoreSearchedText1764003000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    const found = (await db.query(`SELECT 1 FROM pg_collation WHERE collname = '${UNICODE}'`)) as unknown[];
    const collated = found.length > 0 ? `COLLATE "${UNICODE}"` : '';
    await db.query(`
      ALTER TABLE portfolios ADD COLUMN searched_name text NOT NULL
        GENERATED ALWAYS AS (lower(instance_name ${collated})) STORED`);
    await db.query(`
      ALTER TABLE portfolios ADD COLUMN searched_public_name text
        GENERATED ALWAYS AS (lower(public_name ${collated})) STORED`);
    await db.query(`
      ALTER TABLE users ADD COLUMN searched_text text NOT NULL
        GENERATED ALWAYS AS (lower((email || chr(10) || coalesce(full_name, '')) ${collated})) STORED`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE users DROP COLUMN searched_text`);
    await db.query(`ALTER TABLE portfolios DROP COLUMN searched_public_name, DROP COLUMN searched_name`);
  }
}
