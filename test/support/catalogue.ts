import type { DataSource } from 'typeorm';

/** What PostgreSQL knows of the tables in `public`, TypeORM's own tables left out, one line a fact, sorted. */
export interface Catalogue {
  readonly columns: string[];
  readonly constraints: string[];
  readonly indexes: string[];
  readonly sequences: string[];
}

/** Where TypeORM notes the migrations that have run, and the expressions of generated columns. */
const OWN_TABLES = `('migrations', 'typeorm_metadata')`;

/** Reads the catalogue in a form in which two databases can be compared. */
export async function readCatalogue(dataSource: DataSource): Promise<Catalogue> {
  const lines = async (sql: string): Promise<string[]> => {
    const rows = await dataSource.query<{ line: string }[]>(sql);
    return rows.map((row) => row.line).sort();
  };
  return {
    columns: await lines(`
      SELECT concat_ws(' ', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
        CASE WHEN a.attnotnull THEN 'not null' END, 'identity=' || a.attidentity::text, 'generated=' || a.attgenerated::text,
        'default=' || pg_get_expr(d.adbin, d.adrelid), 'collation=' || a.attcollation::text) AS line
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm') AND c.relname NOT IN ${OWN_TABLES}`),
    constraints: await lines(`
      SELECT concat_ws(' ', conrelid::regclass, conname, contype::text, pg_get_constraintdef(oid),
        CASE WHEN condeferrable THEN 'deferrable' END) AS line
      FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
        AND conrelid::regclass::text NOT IN ${OWN_TABLES}`),
    indexes: await lines(
      `SELECT indexdef AS line FROM pg_indexes WHERE schemaname = 'public' AND tablename NOT IN ${OWN_TABLES}`,
    ),
    sequences: await lines(
      `SELECT sequencename || ' ' || data_type AS line FROM pg_sequences
       WHERE schemaname = 'public' AND sequencename NOT LIKE 'migrations%'`,
    ),
  };
}
