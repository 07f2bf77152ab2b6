import { join } from 'node:path';
import type { Cluster, ReplicaSettings } from './cluster.js';

const PRELOAD = join(import.meta.dirname, '..', 'preload', 'fast-clock.mjs');

/**
 * Lets time pass faster for the program's role: `clock_timestamp()`, by which the program sets its clock, is found in a
 * schema of our own before PostgreSQL's. To be called before a replica starts. @returns what each replica must be started
 * with, so that it counts between two looks at the database as fast.
 */
export async function speedUpTime(cluster: Cluster, factor: number): Promise<ReplicaSettings> {
  const base = `to_timestamp(${Date.now() / 1000})`;
  await cluster.sql(`CREATE SCHEMA fast_clock`);
  await cluster.sql(
    `CREATE FUNCTION fast_clock.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$
       SELECT ${base} + (pg_catalog.clock_timestamp() - ${base}) * ${factor} $$`,
  );
  await cluster.sql(`GRANT USAGE ON SCHEMA fast_clock TO conclave_app`);
  await cluster.sql(`ALTER ROLE conclave_app SET search_path = fast_clock, pg_catalog, public`);
  return { nodeArgs: ['--import', PRELOAD], env: { CLOCK_FACTOR: String(factor) } };
}

/** The time as the program sees it, in milliseconds since 1970. */
export async function fastNow(cluster: Cluster): Promise<number> {
  const [row] = await cluster.sql<{ ms: string }>(
    `SELECT (extract(epoch FROM fast_clock.clock_timestamp()) * 1000)::text AS ms`,
  );
  return Number(row!.ms);
}
