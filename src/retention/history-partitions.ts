import type { Client } from 'pg';
import { readMonth, type Month } from '../platform/database/month-partitions.js';

/** A month of one of the tables that are kept by the month. */
export interface MonthPartition {
  readonly month: Month;
  readonly parent: string;
  readonly name: string;
  /**
   * `attached`: part of the table. `leaving`: a detachment that was begun and not ended. `alone`: a table by itself,
   * which has been detached.
   */
  readonly state: 'attached' | 'leaving' | 'alone';
  /** An estimate of the statistics; null: none has been made. */
  readonly rows: number | null;
  /** On disk, with indexes. */
  readonly bytes: number;
}

/** All partitions there are, and tables that were some, oldest first. */
export async function listPartitions(client: Client): Promise<MonthPartition[]> {
  const { rows } = await client.query<Omit<MonthPartition, 'month'> & { month: string }>(
    `SELECT replace(right(c.relname, 7), '_', '-') AS month, t.relname AS parent, c.relname AS name,
       CASE WHEN i.inhrelid IS NULL THEN 'alone' WHEN i.inhdetachpending THEN 'leaving' ELSE 'attached' END AS state,
       nullif(c.reltuples, -1)::float8 AS rows, pg_total_relation_size(c.oid)::float8 AS bytes
     FROM pg_partitioned_table p
     JOIN pg_class t ON t.oid = p.partrelid AND t.relnamespace = 'public'::regnamespace
     JOIN pg_class c ON c.relnamespace = t.relnamespace AND c.relkind = 'r'
       AND c.relname ~ ('^' || t.relname || '_\\d{4}_\\d{2}$')
     LEFT JOIN pg_inherits i ON i.inhrelid = c.oid
     ORDER BY 1, 2`,
  );
  return rows.map(({ month, parent, name, state, rows: count, bytes }) => {
    return { month: readMonth(month)!, parent, name, state, rows: count, bytes };
  });
}
