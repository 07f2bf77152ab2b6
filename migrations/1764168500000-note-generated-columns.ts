import type { MigrationInterface, QueryRunner } from 'typeorm';

/** As TypeORM writes it, so that its command line finds the columns as their entities have them. */
const COLUMNS = [
  ['users', 'searched_text', `lower((email || chr(10) || coalesce(full_name, '')) COLLATE "und-x-icu")`],
  ['portfolios', 'searched_name', `lower(instance_name COLLATE "und-x-icu")`],
  ['portfolios', 'searched_public_name', `lower(public_name COLLATE "und-x-icu")`],
  ['portfolios', 'total_pnl_percent', `round(total_pnl * 100 / initial_balance, 8)::double precision`],
] as const;

/**
 * TypeORM cannot read the expression of a generated column from PostgreSQL and compares with its own note of it; and it
 * cannot read a default that casts twice. Without this, `migration:generate` wants to make these columns again.
 */
export class NoteGeneratedColumns1764168500000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `CREATE TABLE IF NOT EXISTS typeorm_metadata ("type" varchar NOT NULL, "database" varchar, "schema" varchar,
         "table" varchar, "name" varchar, "value" text)`,
    );
    for (const [table, name, expression] of COLUMNS) {
      await db.query(
        `INSERT INTO typeorm_metadata ("database", "schema", "table", "type", "name", "value")
         VALUES (current_database(), 'public', $1, 'GENERATED_COLUMN', $2, $3)`,
        [table, name, expression],
      );
    }
    // The same number under its older name, whose type is bigint.
    await db.query(`ALTER TABLE stream_events ALTER COLUMN xid SET DEFAULT txid_current()`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE stream_events ALTER COLUMN xid SET DEFAULT (pg_current_xact_id()::text)::bigint`);
    await db.query(
      `DELETE FROM typeorm_metadata WHERE "type" = 'GENERATED_COLUMN' AND "database" = current_database()`,
    );
  }
}
