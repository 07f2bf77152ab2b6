import type { DataSource } from 'typeorm';

/**
 * What PostgreSQL knows of the tables in `public` and entities can say, one line a fact, sorted. TypeORM's own tables
 * are left out, and so are the partitions of a table: they follow from it.
 */
export interface Catalogue {
  readonly columns: string[];
  readonly constraints: string[];
  readonly indexes: string[];
  readonly sequences: string[];
}

/** The rest, which entities cannot say. */
export interface Extras {
  /** How tables are partitioned. */
  readonly partitioned: string[];
  readonly views: string[];
  readonly functions: string[];
  readonly triggers: string[];
}

/** Where TypeORM notes the migrations that have run, and the expressions of generated columns. */
const OWN_TABLES = `('migrations', 'typeorm_metadata')`;

async function linesOf(dataSource: DataSource, sql: string): Promise<string[]> {
  const rows = await dataSource.query<{ line: string }[]>(sql);
  return rows.map((row) => row.line).sort();
}

/** Reads the catalogue in a form in which two databases can be compared. */
export async function readCatalogue(dataSource: DataSource): Promise<Catalogue> {
  const lines = (sql: string): Promise<string[]> => linesOf(dataSource, sql);
  return {
    columns: await lines(`
      SELECT concat_ws(' ', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
        CASE WHEN a.attnotnull THEN 'not null' END, 'identity=' || a.attidentity::text, 'generated=' || a.attgenerated::text,
        'default=' || regexp_replace(pg_get_expr(d.adbin, d.adrelid), '^''(-?\\d+)''::[a-z ]+$', '\\1'), 'collation=' || a.attcollation::text) AS line
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
        AND c.relname NOT IN ${OWN_TABLES}`),
    constraints: await lines(`
      SELECT concat_ws(' ', conrelid::regclass, conname, contype::text, pg_get_constraintdef(oid),
        CASE WHEN condeferrable THEN 'deferrable' END) AS line
      FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
        AND conrelid NOT IN (SELECT oid FROM pg_class WHERE relispartition)
        AND conrelid::regclass::text NOT IN ${OWN_TABLES}`),
    // The index of a partitioned table is said to be ON ONLY it: its partitions have their own.
    indexes: await lines(
      `SELECT replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON ') AS line
       FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
       WHERE t.relnamespace = 'public'::regnamespace AND NOT t.relispartition AND t.relname NOT IN ${OWN_TABLES}`,
    ),
    sequences: await lines(
      `SELECT sequencename || ' ' || data_type AS line FROM pg_sequences
       WHERE schemaname = 'public' AND sequencename NOT LIKE 'migrations%'`,
    ),
  };
}

/** Reads what the catalogue of entities leaves out. */
export async function readExtras(dataSource: DataSource): Promise<Extras> {
  const lines = (sql: string): Promise<string[]> => linesOf(dataSource, sql);
  return {
    partitioned: await lines(
      `SELECT partrelid::regclass || ' by ' || pg_get_partkeydef(partrelid) AS line FROM pg_partitioned_table`,
    ),
    views: await lines(
      `SELECT relname AS line FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm')`,
    ),
    functions: await lines(
      `SELECT oid::regprocedure || CASE WHEN prosecdef THEN ' security definer' ELSE '' END AS line
       FROM pg_proc WHERE pronamespace = 'public'::regnamespace`,
    ),
    triggers: await lines(`SELECT tgname AS line FROM pg_trigger WHERE NOT tgisinternal`),
  };
}
