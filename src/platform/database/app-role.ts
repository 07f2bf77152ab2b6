import { createHmac } from 'node:crypto';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { StartError } from '../config/start-error.js';
import { withSchemaLock } from './migrate.js';

/**
 * Two roles work with a database. The owner makes and changes tables: migrations, seeds and the operator's commands.
 * The program signs in as another, who may read and write rows but not change tables, and may only add to the audit
 * log: whatever happens through the interface, what was written there stays.
 */
const EMBEDDED_ROLE = 'conclave_app';
/** Tables that the program's role may only read and add to. */
const APPEND_ONLY = 'audit_log';
/** Which migrations have run, and what is not kept any more: for the program's role only to read. */
const READ_ONLY = 'migrations, dropped_months, past_returns, strategy_executions_readable';
/** The one thing that changes tables and that the program's role may do: it runs as the owner. */
const ENSURE_PARTITIONS = 'ensure_month_partitions(timestamptz)';
/** Schema of the job queue, whose tables the program makes itself. */
const QUEUE_SCHEMA = 'queue';

/** The role that a connection string signs in as. */
export function roleOf(url: string): string {
  return decodeURIComponent(new URL(url).username);
}

/**
 * The program's connection string on a server that is ours alone. The password follows from the owner's: there is no
 * second one to keep.
 */
export function appUrlOf(ownerUrl: string): string {
  const url = new URL(ownerUrl);
  url.password = createHmac('sha256', url.password).update(EMBEDDED_ROLE).digest('base64url');
  url.username = EMBEDDED_ROLE;
  return url.toString();
}

/** Makes the role of {@link appUrlOf}, or gives it its password again. It has no rights yet. */
export async function ensureAppRole(ownerUrl: string): Promise<void> {
  const { username, password } = new URL(appUrlOf(ownerUrl));
  // Two processes that change a role at the same moment disturb each other.
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
 * Gives the program's role its rights on all tables there are, so call it after each migration, as the owner. Twice
 * is the same as once; nothing happens when the role is the owner itself.
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
      // Only to make schemas of its own: the queue's.
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
 * A queue that was made under another role changes hands, so that the program can go on changing it. What is the role's
 * already is left alone: an owner of the tables that is no superuser may not touch it.
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
