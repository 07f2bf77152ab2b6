import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool, type QueryResultRow } from 'pg';
import { roleOf } from '../../../src/platform/database/app-role.js';
import { prepareDatabase } from '../../../src/prepare-database.js';
import { AdminClient } from './admin-client.js';
import { fillInstances } from './fill-instances.js';
import { PostgresServer } from './postgres-server.js';
import { Replica } from './replica.js';

export const DEFINITION = 'multi_agent_btc_v1';
const ADMIN = { email: 'admin@conclave.test', password: 'only in a throw-away database' };

export interface ReplicaSettings {
  readonly role?: 'all' | 'api' | 'worker';
  readonly env?: Readonly<Record<string, string>>;
  readonly nodeArgs?: readonly string[];
  /** Port of the database as this replica sees it, such as a proxy's. */
  readonly databasePort?: number;
  /** False: return before it is ready. */
  readonly wait?: boolean;
}

/** A PostgreSQL server and processes of the built program on it. Whatever is started is ended by {@link close}. */
export class Cluster {
  readonly replicas: Replica[] = [];
  private readonly secrets = {
    JWT_SECRET: randomBytes(48).toString('base64url'),
    ENCRYPTION_KEYS: `${randomBytes(32).toString('base64url')}=`,
  };
  private readonly pool: Pool;
  private admin: AdminClient | null = null;

  private constructor(
    readonly folder: string,
    readonly server: PostgresServer,
    private readonly env: Readonly<Record<string, string>>,
  ) {
    this.pool = new Pool({ connectionString: server.ownerUrl, application_name: 'faults', max: 8 });
    // The server is crashed under it on purpose; the next query says so.
    this.pool.on('error', () => undefined);
  }

  /**
   * A migrated and seeded database without a scheduled tick: runs are begun by {@link startRun} alone.
   * @param env settings of all replicas.
   */
  static async open(env: Readonly<Record<string, string>> = {}): Promise<Cluster> {
    const folder = mkdtempSync(join(tmpdir(), 'conclave-fault-'));
    // As root the server runs as another account, which must be able to enter the folder.
    chmodSync(folder, 0o755);
    const server = await PostgresServer.start(join(folder, 'data'));
    const cluster = new Cluster(folder, server, env);
    try {
      await prepareDatabase({
        databaseUrl: server.ownerUrl,
        appRole: roleOf(server.appUrl),
        adminEmail: ADMIN.email,
        adminPassword: ADMIN.password,
      });
      await cluster.sql(`UPDATE strategy_definitions SET next_run_at = now() + interval '10 years'`);
      return cluster;
    } catch (error) {
      await cluster.close();
      throw error;
    }
  }

  /** Starts one more process. */
  async start(settings: ReplicaSettings = {}): Promise<Replica> {
    const name = `replica-${this.replicas.length + 1}`;
    const replica = new Replica({
      name,
      logFile: join(this.folder, `${name}.log`),
      nodeArgs: settings.nodeArgs ?? [],
      env: {
        APP_ROLE: settings.role ?? 'all',
        PORT: '0',
        DATABASE_URL: withPort(this.server.appUrl, settings.databasePort),
        DATABASE_MIGRATION_URL: withPort(this.server.ownerUrl, settings.databasePort),
        DATA_DIR: this.folder,
        LOG_LEVEL: 'warn',
        RATE_LIMIT_PER_MINUTE: '0',
        RATE_LIMIT_ANONYMOUS_PER_MINUTE: '0',
        ...this.secrets,
        ...this.env,
        ...settings.env,
      },
    });
    this.replicas.push(replica);
    if (settings.wait !== false) await replica.ready();
    return replica;
  }

  /** Processes that have not ended. */
  get running(): Replica[] {
    return this.replicas.filter(({ ended }) => ended === null);
  }

  /** As the owner of the tables. */
  async sql<T extends QueryResultRow>(text: string, values: unknown[] = []): Promise<T[]> {
    const { rows } = await this.pool.query<T>(text, values);
    return rows;
  }

  addInstances(count: number, params?: Readonly<Record<string, unknown>>, definition = DEFINITION): Promise<string[]> {
    return fillInstances(this.pool, definition, count, params);
  }

  /** Requests as the administrator, to a process that serves the interface. */
  async asAdmin(): Promise<AdminClient> {
    this.admin ??= new AdminClient(() => this.running.map(({ url }) => url), ADMIN);
    return this.admin;
  }

  /** Begins a run of a definition now, through the interface. @returns its id. */
  async startRun(definition = DEFINITION): Promise<string> {
    const [row] = await this.sql<{ id: number }>(`SELECT id FROM strategy_definitions WHERE name = $1`, [definition]);
    const admin = await this.asAdmin();
    const { body } = await admin.call<{ id: string }>('POST', `/strategy-definitions/${row!.id}/runs`);
    return body.id;
  }

  /** Ends every process and removes the database. A second call does nothing. */
  async close(): Promise<void> {
    await Promise.all(this.running.map((replica) => replica.kill()));
    await this.pool.end().catch(() => undefined);
    await this.server.remove();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function withPort(url: string, port: number | undefined): string {
  if (port === undefined) return url;
  const changed = new URL(url);
  changed.port = String(port);
  return changed.toString();
}
