import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool, type QueryResultRow } from 'pg';
import { roleOf } from '../../../src/platform/database/app-role.js';
import { prepareDatabase } from '../../../src/prepare-database.js';
import { eventually } from '../../support/eventually.js';
import { AdminClient } from './admin-client.js';
import { fillInstances } from './fill-instances.js';
import { OwnServer } from './own-server.js';
import { PostgresServer } from './postgres-server.js';
import { Replica } from './replica.js';

const DEFINITION = 'multi_agent_btc_v1';
const ADMIN = { email: 'admin@conclave.test', password: 'only in a throw-away database' };

/** What a cluster begins with. */
export interface ClusterOptions {
  /** Settings of all replicas. */
  readonly env?: Readonly<Record<string, string>>;
  /** True: not migrated and not seeded. */
  readonly empty?: boolean;
}

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
export class Cluster<Server extends PostgresServer | OwnServer = PostgresServer | OwnServer> {
  readonly replicas: Replica[] = [];
  private readonly secrets = {
    JWT_SECRET: randomBytes(48).toString('base64url'),
    ENCRYPTION_KEYS: `${randomBytes(32).toString('base64url')}=`,
    ADMIN_EMAIL: ADMIN.email,
    ADMIN_PASSWORD: ADMIN.password,
  };
  private pool: Pool | null = null;
  private readonly admin = new AdminClient(() => this.serving, ADMIN);
  private readonly removals: (() => void)[] = [];

  private constructor(
    readonly folder: string,
    readonly server: Server,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  /** With a server that is ours, and that a fault may stop. */
  static async open(options: ClusterOptions = {}): Promise<Cluster<PostgresServer>> {
    const folder = newFolder();
    const cluster = new Cluster(folder, await PostgresServer.start(join(folder, 'data')), options.env ?? {});
    if (options.empty) return cluster;
    try {
      await prepareDatabase({
        databaseUrl: cluster.server.ownerUrl,
        appRole: roleOf(cluster.server.appUrl),
        adminEmail: ADMIN.email,
        adminPassword: ADMIN.password,
      });
      await cluster.pauseSchedule();
      return cluster;
    } catch (error) {
      await cluster.close();
      throw error;
    }
  }

  /** With the embedded server of the program itself, which the first replica starts. */
  static embedded(env: Readonly<Record<string, string>>): Cluster<OwnServer> {
    const folder = newFolder();
    return new Cluster(folder, new OwnServer(folder), env);
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
        ...this.databaseSettings(settings.databasePort),
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

  /** Addresses of those that take requests: ready at some time, neither ended nor frozen. */
  get serving(): string[] {
    return this.running.filter((replica) => replica.isServing).map(({ url }) => url);
  }

  /** As the owner of the tables. */
  async sql<T extends QueryResultRow>(text: string, values: unknown[] = []): Promise<T[]> {
    const { rows } = await this.connections().query<T>(text, values);
    return rows;
  }

  /** The rows, once there are any. */
  eventually<T extends QueryResultRow>(what: string, text: string, seconds = 60): Promise<T[]> {
    return eventually(
      what,
      async () => {
        const rows = await this.sql<T>(text).catch(() => []);
        return rows.length > 0 ? rows : null;
      },
      seconds,
    );
  }

  /** Resolves when no run is open. */
  async untilIdle(seconds = 120): Promise<void> {
    const none = `SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM strategy_runs WHERE finished_at IS NULL)`;
    await this.eventually('no run is open', none, seconds);
  }

  /** No tick comes due any more: runs are begun by {@link startRun} alone. */
  async pauseSchedule(): Promise<void> {
    await this.sql(`UPDATE strategy_definitions SET next_run_at = now() + interval '10 years'`);
  }

  /** For a server that was started again, elsewhere. */
  forgetConnections(): void {
    void this.pool?.end().catch(() => undefined);
    this.pool = null;
  }

  addInstances(count: number, params?: Readonly<Record<string, unknown>>, definition = DEFINITION): Promise<string[]> {
    return fillInstances(this.connections(), definition, count, params);
  }

  /** Requests as the administrator, to a process that serves the interface. */
  asAdmin(): AdminClient {
    return this.admin;
  }

  /** Begins a run of a definition now, through the interface. @returns its id. */
  async startRun(definition = DEFINITION): Promise<string> {
    const [row] = await this.sql<{ id: number }>(`SELECT id FROM strategy_definitions WHERE name = $1`, [definition]);
    const { body } = await this.admin.call<{ id: string }>('POST', `/strategy-definitions/${row!.id}/runs`);
    return body.id;
  }

  /** Done after the processes and the server have ended, before their folder is removed. */
  beforeRemoval(work: () => void): void {
    this.removals.unshift(work);
  }

  /** Ends every process and removes the database. A second call does nothing. */
  async close(): Promise<void> {
    await Promise.all(this.running.map((replica) => replica.kill()));
    this.forgetConnections();
    await this.server.remove();
    for (const work of this.removals.splice(0)) work();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private connections(): Pool {
    if (this.pool === null) {
      this.pool = new Pool({ connectionString: this.server.ownerUrl, application_name: 'faults', max: 8 });
      // The server is crashed under it on purpose; the next query says so.
      this.pool.on('error', () => undefined);
    }
    return this.pool;
  }

  private databaseSettings(port: number | undefined): Record<string, string> {
    if (this.server instanceof OwnServer) return {};
    return {
      DATABASE_URL: withPort(this.server.appUrl, port),
      DATABASE_MIGRATION_URL: withPort(this.server.ownerUrl, port),
    };
  }
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'conclave-fault-'));
  // As root the server runs as another account, which must be able to enter the folder.
  chmodSync(folder, 0o755);
  return folder;
}

function withPort(url: string, port: number | undefined): string {
  if (port === undefined) return url;
  const changed = new URL(url);
  changed.port = String(port);
  return changed.toString();
}
