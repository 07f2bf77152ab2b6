import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { StartError } from '../config/start-error.js';
import { giveFolder, place, type Placement } from './placement.js';
import { runProgram } from './run-program.js';
import { serverAccount, type ServerAccount } from './server-account.js';
import { isAlive, ServerUsers, withStartLock } from './server-users.js';

/** Settings of the cluster. None of them weakens durability: people's money is in it. */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  checkpoint_completion_target: '0.9',
  wal_compression: 'pglz',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
};

/**
 * After a crash the server replays its log, up to max_wal_size: seconds, or minutes on a slow disk. A server that exits
 * is noticed at once, whatever this limit.
 */
const START_WITHIN_SECONDS = 600;

export interface EmbeddedServerOptions {
  /** Folder for the cluster, its password and the list of its users. */
  readonly dataDir: string;
  /** Further settings of the server, for example `fsync: 'off'` for a throw-away test server. */
  readonly settings?: Readonly<Record<string, string>>;
}

/**
 * The bundled PostgreSQL server. `start` creates the cluster when there is none and takes over a server that a killed
 * process left behind; otherwise it starts one on a free port. `stop` stops it unless another process still uses it.
 */
export class EmbeddedServer {
  private readonly account: ServerAccount | null;
  private readonly placement: Placement;
  private readonly users: ServerUsers;
  private readonly passwordFile: string;

  constructor(private readonly options: EmbeddedServerOptions) {
    this.account = serverAccount();
    this.placement = place(options.dataDir, this.account);
    this.users = new ServerUsers(options.dataDir);
    this.passwordFile = join(options.dataDir, 'postgres.password');
  }

  /**
   * @returns the connection string of the database `conclave`, which is created when it is missing.
   * @throws StartError when the server cannot be started.
   */
  async start(): Promise<string> {
    this.users.enter();
    try {
      return await withStartLock(this.options.dataDir, async () => {
        await this.initialise();
        this.refuseCopy();
        const port = (await this.runningPort()) ?? (await this.launch());
        await ensureDatabase(this.url(port, 'postgres'), 'conclave');
        return this.url(port, 'conclave');
      });
    } catch (cause) {
      this.users.leave();
      if (cause instanceof StartError) throw cause;
      const detail = (cause as Error).message.split('\n')[0];
      const message = `The embedded PostgreSQL in ${this.placement.dataFolder} does not start: ${detail} See server.log there.`;
      throw Object.assign(new StartError(message), { cause });
    }
  }

  /** Stops the server when this was its last user. A second call does nothing. */
  async stop(): Promise<void> {
    await withStartLock(this.options.dataDir, async () => {
      if (!this.users.leave() || this.postmasterPid() === null) return;
      const { dataFolder } = this.placement;
      await this.program('pg_ctl', ['stop', `--pgdata=${dataFolder}`, '--mode=fast', '--timeout=60']);
    });
  }

  /** Stops the server and deletes its data: for a throw-away server. A second call does nothing. */
  async remove(): Promise<void> {
    if (!existsSync(this.options.dataDir)) return;
    await this.stop();
    // Wherever the cluster is, its parent folder holds nothing else.
    rmSync(dirname(this.placement.dataFolder), { recursive: true, force: true });
    rmSync(this.options.dataDir, { recursive: true, force: true });
  }

  private async initialise(): Promise<void> {
    const { dataFolder } = this.placement;
    if (existsSync(dataFolder)) {
      if (existsSync(this.passwordFile)) return;
      throw new StartError(
        `${this.passwordFile} is missing: the database in ${dataFolder} cannot be opened without it.`,
      );
    }
    // Created under another name and renamed last, so that an interrupted initdb is never taken for a cluster.
    const unfinished = `${dataFolder}.new`;
    rmSync(unfinished, { recursive: true, force: true });
    giveFolder(unfinished, this.account);
    const password = randomBytes(24).toString('base64url');
    const folder = mkdtempSync(join(tmpdir(), 'conclave-'));
    const handedOver = join(folder, 'password');
    try {
      writeFileSync(handedOver, `${password}\n`, { mode: 0o600 });
      if (this.account) {
        chownSync(folder, this.account.uid, this.account.gid);
        chownSync(handedOver, this.account.uid, this.account.gid);
      }
      await this.program('initdb', [
        `--pgdata=${unfinished}`,
        '--username=conclave',
        '--auth=scram-sha-256',
        `--pwfile=${handedOver}`,
        '--encoding=UTF8',
        '--locale=C',
      ]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    writeFileSync(this.passwordFile, password, { mode: 0o600 });
    renameSync(unfinished, dataFolder);
  }

  /**
   * A copy of a running server's folder names the original in its postmaster.pid. The copy would use the database of
   * the original and, once that has stopped, files that do not fit together.
   */
  private refuseCopy(): void {
    const { dataFolder } = this.placement;
    const folder = this.postmaster()?.folder;
    if (folder === undefined || isSameFolder(folder, dataFolder)) return;
    throw new StartError(
      `${dataFolder} was copied from ${folder} while that database was running, and is not usable. Stop the program there, ` +
        `copy DATA_DIR again, and start the copy. If the folder was moved after a crash, remove ${dataFolder}/postmaster.pid.`,
    );
  }

  /** Port of a server that already runs on this data folder, or null. */
  private async runningPort(): Promise<number | null> {
    if (this.postmasterPid() === null) return null;
    const port = this.postmaster()?.port ?? 0;
    if (!Number.isInteger(port) || port <= 0) return null;
    return (await answers(this.url(port, 'postgres'))) ? port : null;
  }

  private async launch(): Promise<number> {
    const port = await freePort();
    const settings = { ...SETTINGS, ...this.options.settings, port: String(port) };
    const flags = Object.entries(settings).map(([name, value]) => `-c ${name}='${value}'`);
    const { dataFolder } = this.placement;
    await this.program('pg_ctl', [
      'start',
      '--wait',
      `--timeout=${START_WITHIN_SECONDS}`,
      '--silent',
      `--pgdata=${dataFolder}`,
      `--log=${join(dataFolder, 'server.log')}`,
      `--options=${flags.join(' ')}`,
    ]);
    return port;
  }

  private postmasterPid(): number | null {
    const { pid, folder } = this.postmaster() ?? { pid: 0, folder: '' };
    return pid > 0 && isAlive(pid) && isSameFolder(folder, this.placement.dataFolder) ? pid : null;
  }

  /** The server's own record of its start; null when it has stopped in order. */
  private postmaster(): { readonly pid: number; readonly folder: string; readonly port: number } | null {
    const file = join(this.placement.dataFolder, 'postmaster.pid');
    if (!existsSync(file)) return null;
    const [pid, folder, , port] = readFileSync(file, 'utf8').split('\n');
    return { pid: Number(pid) || 0, folder: folder ?? '', port: Number(port) || 0 };
  }

  private url(port: number, database: string): string {
    const password = readFileSync(this.passwordFile, 'utf8').trim();
    return `postgresql://conclave:${password}@127.0.0.1:${port}/${database}`;
  }

  private program(name: string, args: readonly string[]): Promise<string> {
    return runProgram(join(this.placement.binFolder, name), args, this.account);
  }
}

/** Whether both paths lead to the same folder, by links or not. */
function isSameFolder(one: string, other: string): boolean {
  if (!existsSync(one) || !existsSync(other)) return one === other;
  const [first, second] = [statSync(one), statSync(other)];
  return first.dev === second.dev && first.ino === second.ino;
}

/** A free TCP port of the loopback interface. Another process may take it before it is used. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve((address as { port: number }).port));
    });
  });
}

/** Whether the server accepts this connection string. Waits for a server that is recovering. */
async function answers(url: string): Promise<boolean> {
  const until = performance.now() + START_WITHIN_SECONDS * 1000;
  for (;;) {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000 });
    client.on('error', () => client.end());
    try {
      await client.connect();
      await client.end();
      return true;
    } catch (error) {
      await client.end();
      // 57P03: starting up or recovering. Anything else (refused, another cluster's password) is not our server.
      if ((error as { code?: string }).code !== '57P03' || performance.now() > until) return false;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

async function ensureDatabase(adminUrl: string, name: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  // A lost connection fails the next statement. Without a listener it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}
