import { createHmac } from 'node:crypto';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { StartError } from '../config/start-error.js';
import { withSchemaLock } from './migrate.js';

/**
 * Two roles use a database. The owner creates and changes tables: migrations, seeds and the operator's commands. The
 * program connects as another role, which reads and writes rows but cannot change tables, and which can only append to
 * the audit log: entries stay, whatever happens through the API.
 */
const EMBEDDED_ROLE = 'conclave_app';
/** Tables that the program's role may only read and append to. */
const APPEND_ONLY = 'audit_log';
/** Executed migrations and what remains of dropped months: read-only for the program's role. */
const READ_ONLY = 'migrations, dropped_months, past_returns, strategy_executions_readable';
/** The only statement by which the program's role changes tables; it runs as the owner. */
const ENSURE_PARTITIONS = 'ensure_month_partitions(timestamptz)';
/** Schema of the job queue. The program itself creates its tables. */
const QUEUE_SCHEMA = 'queue';

export function roleOf(url: string): string {
  return decodeURIComponent(new URL(url).username);
}

/**
 * The program's connection string on the embedded server. The password is derived from the owner's, so that no second
 * one must be stored.
 */
export function appUrlOf(ownerUrl: string): string {
  const url = new URL(ownerUrl);
  url.password = createHmac('sha256', url.password).update(EMBEDDED_ROLE).digest('base64url');
  url.username = EMBEDDED_ROLE;
  return url.toString();
}

/** Creates the role of {@link appUrlOf}, or resets its password. Grants no rights. */
export async function ensureAppRole(ownerUrl: string): Promise<void> {
  const { username, password } = new URL(appUrlOf(ownerUrl));
  // PostgreSQL refuses concurrent changes of a role.
  await withSchemaLock(ownerUrl, async () => {
    const client = new Client({ connectionString: ownerUrl });
    client.on('error', () => undefined);
    await client.connect();
    try {
      const found = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [username]);
      const verb = found.rowCount === 0 ? 'CREATE' : 'ALTER';
      await client.query(`${verb} ROLE ${quoted(username)} LOGIN PASSWORD '${password}'`);
    } finally {
      await client.end();
    }
  });
}

/**
 * Grants the program's role its rights on all existing tables, so call it after each migration, as the owner.
 * Idempotent; does nothing when the role is the owner itself.
 * @throws StartError when the role has more rights from elsewhere: a superuser, or a member of the owner's role.
 */
export async function grantAppRights(database: DataSource, role: string): Promise<void> {
  const [present] = await database.query<{ owner: string; database: string }[]>(
    `SELECT current_user AS owner, current_database() AS database`,
  );
  if (present!.owner === role) return;
  const to = quoted(role);
  await database.transaction(async (manager) => {
    for (const statement of [
      // CREATE is for the schema of the queue.
      `GRANT CONNECT, TEMPORARY, CREATE ON DATABASE ${quoted(present!.database)} TO ${to}`,
      `GRANT USAGE ON SCHEMA public TO ${to}`,
      `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${to}`,
      `GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO ${to}`,
      `REVOKE UPDATE, DELETE ON ${APPEND_ONLY} FROM ${to}`,
      `REVOKE INSERT, UPDATE, DELETE ON ${READ_ONLY} FROM ${to}`,
      `GRANT EXECUTE ON FUNCTION ${ENSURE_PARTITIONS} TO ${to}`,
    ]) {
      await manager.query(statement);
    }
    await manager.query(handOverQueue(role));
    const [rights] = await manager.query<{ too_many: boolean }[]>(
      `SELECT has_table_privilege($1, $2, 'UPDATE, DELETE, TRUNCATE') AS too_many`,
      [role, APPEND_ONLY],
    );
    if (rights!.too_many) {
      throw new StartError(
        `The database role ${role} (DATABASE_URL) may change the audit log whatever is revoked: use one that is ` +
          `neither a superuser nor a member of ${present!.owner}.`,
      );
    }
  });
}

/**
 * Transfers a queue that another role created, so that the program can change it. Does nothing when the role owns the
 * schema already: an owner of the tables without superuser rights may not alter it.
 */
function handOverQueue(role: string): string {
  const name = role.replaceAll("'", "''");
  return `
    DO $$
    DECLARE thing record;
    BEGIN
      IF NOT EXISTS (SELECT 1 FROM pg_namespace n WHERE n.nspname = '${QUEUE_SCHEMA}' AND n.nspowner <> '${quoted(name)}'::regrole)
      THEN RETURN; END IF;
      EXECUTE format('ALTER SCHEMA ${QUEUE_SCHEMA} OWNER TO %I', '${name}');
      FOR thing IN
        SELECT c.oid::regclass::text AS name FROM pg_class c
        WHERE c.relnamespace = '${QUEUE_SCHEMA}'::regnamespace AND c.relkind IN ('r', 'p', 'v')
      LOOP
        EXECUTE format('ALTER TABLE %s OWNER TO %I', thing.name, '${name}');
      END LOOP;
      FOR thing IN
        SELECT p.oid::regprocedure::text AS name FROM pg_proc p WHERE p.pronamespace = '${QUEUE_SCHEMA}'::regnamespace
      LOOP
        EXECUTE format('ALTER ROUTINE %s OWNER TO %I', thing.name, '${name}');
      END LOOP;
      FOR thing IN
        SELECT c.oid::regclass::text AS name FROM pg_class c
        WHERE c.relnamespace = '${QUEUE_SCHEMA}'::regnamespace AND c.relkind = 'S'
          AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype IN ('a', 'i'))
      LOOP
        EXECUTE format('ALTER SEQUENCE %s OWNER TO %I', thing.name, '${name}');
      END LOOP;
    END $$`;
}

function quoted(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}
