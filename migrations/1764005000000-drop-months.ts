import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Which months of the history are not kept any more, and what the statistics still need of them. A month that was
 * dropped is not made again.
 */
export class DropMonths1764005000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE dropped_months (
        month date NOT NULL,
        first_id uuid NOT NULL,
        end_id uuid NOT NULL,
        begun_at timestamptz NOT NULL,
        finished_at timestamptz,
        CONSTRAINT pk_dropped_months PRIMARY KEY (month)
      )`);
    await db.query(`
      CREATE TABLE past_returns (
        portfolio_id uuid NOT NULL,
        days integer NOT NULL,
        mean double precision NOT NULL,
        squares double precision NOT NULL,
        last_value double precision NOT NULL,
        CONSTRAINT pk_past_returns PRIMARY KEY (portfolio_id)
      )`);
    await db.query(ensureMonthPartitions({ refuseDropped: true }));
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(ensureMonthPartitions({ refuseDropped: false }));
    // What refers to a dropped execution would not fit the foreign key that older versions have.
    for (const table of ['orders', 'trades']) {
      await db.query(`
        UPDATE ${table} t SET execution_id = NULL FROM dropped_months d
        WHERE t.execution_id >= d.first_id AND t.execution_id < d.end_id`);
    }
    await db.query(`DROP TABLE past_returns`);
    await db.query(`DROP TABLE dropped_months`);
  }
}

/** As migration 1764000000000 made it, with or without an eye on what was dropped. */
function ensureMonthPartitions({ refuseDropped }: { readonly refuseDropped: boolean }): string {
  const notDropped = refuseDropped
    ? `AND NOT EXISTS (SELECT 1 FROM public.dropped_months d WHERE d.month = m.month::date)`
    : '';
  const refusal = refuseDropped
    ? `IF EXISTS (SELECT 1 FROM public.dropped_months d WHERE d.month = date_trunc('month', at)::date) THEN
      RAISE EXCEPTION 'The history of % is not kept any more: nothing can be written for it.', to_char(at, 'YYYY-MM')
        USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;`
    : '';
  return `
  CREATE OR REPLACE FUNCTION ensure_month_partitions(at timestamptz) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
  DECLARE
    missing CONSTANT text := $query$
      SELECT t.relname AS parent, t.relname || to_char(m.month, '_YYYY_MM') AS child, k.atttypid = 'uuid'::regtype AS by_id,
        m.month, m.month + interval '1 month' AS following
      FROM pg_partitioned_table p
      JOIN pg_class t ON t.oid = p.partrelid
      JOIN pg_attribute k ON k.attrelid = t.oid AND k.attnum = p.partattrs[0]
      CROSS JOIN generate_series(date_trunc('month', $1), date_trunc('month', $1) + interval '2 months', interval '1 month')
        AS m (month)
      WHERE t.relnamespace = 'public'::regnamespace AND NOT EXISTS (
        SELECT 1 FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = t.oid AND c.relname = t.relname || to_char(m.month, '_YYYY_MM'))
        ${notDropped}
      ORDER BY t.relname, m.month $query$;
    partition record;
    brin name;
    made integer := 0;
    low text;
    high text;
  BEGIN
    IF at IS NULL OR at < '2000-01-01' OR at >= '2100-01-01' THEN
      RAISE EXCEPTION 'There are no months for %: a clock is wrong.', at USING ERRCODE = 'invalid_parameter_value';
    END IF;
    ${refusal}
    EXECUTE 'SELECT 1 FROM (' || missing || ') AS m LIMIT 1' INTO partition USING at;
    IF partition IS NULL THEN
      RETURN 0;
    END IF;
    PERFORM pg_advisory_xact_lock(7262668);
    FOR partition IN EXECUTE missing USING at LOOP
      IF partition.by_id THEN
        low := public.lowest_id_at(partition.month);
        high := public.lowest_id_at(partition.following);
      ELSE
        low := partition.month;
        high := partition.following;
      END IF;
      EXECUTE format('CREATE TABLE public.%I (LIKE public.%I INCLUDING ALL)', partition.child, partition.parent);
      FOR brin IN SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam
        WHERE i.indrelid = format('public.%I', partition.child)::regclass AND a.amname = 'brin'
      LOOP
        -- Else a range counts only when the table is next vacuumed, and until then everything behind it is read.
        EXECUTE format('ALTER INDEX public.%I SET (autosummarize = on)', brin);
      END LOOP;
      EXECUTE format('ALTER TABLE public.%I ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)',
        partition.parent, partition.child, low, high);
      made := made + 1;
    END LOOP;
    RETURN made;
  END $$`;
}
