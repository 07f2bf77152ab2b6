import type { DataSource } from 'typeorm';

/**
 * Our tables with what stands in them as one number each: equal means that nothing has changed. The queue's own
 * schema is left out: it is set up in the background while the application starts.
 */
export async function fingerprint(
  database: DataSource,
  except: readonly string[] = [],
): Promise<Record<string, string>> {
  const tables = await tablesOf(database);
  const prints: Record<string, string> = {};
  for (const table of tables.filter((name) => name.startsWith('public.') && !except.includes(name))) {
    const [row] = await database.query<{ print: string }[]>(
      `SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') AS print FROM ${table} t`,
    );
    prints[table] = row!.print;
  }
  return prints;
}

/** Every table that is not PostgreSQL's own, with its schema, quoted. */
export async function tablesOf(database: DataSource): Promise<string[]> {
  const rows = await database.query<{ name: string }[]>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY name`,
  );
  return rows.map(({ name }) => name);
}
