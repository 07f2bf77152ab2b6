import { randomInt } from 'node:crypto';
import { appendFileSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { Client } from 'pg';
import { appUrlOf, ensureAppRole } from '../../../src/platform/database/app-role.js';
import { EmbeddedServer } from '../../../src/platform/embedded-postgres/embedded-server.js';
import { place } from '../../../src/platform/embedded-postgres/placement.js';
import { runProgram } from '../../../src/platform/embedded-postgres/run-program.js';
import { serverAccount } from '../../../src/platform/embedded-postgres/server-account.js';

/** A recovery is as long as the log that it reads; a server that ends instead is noticed at once. */
const WITHIN_SECONDS = 600;

/** A PostgreSQL server of its own, durable as in real life, that a fault stops, crashes and starts again on the same port. */
export class PostgresServer {
  private constructor(
    private readonly embedded: EmbeddedServer,
    private readonly dataDir: string,
    /** Signs in as the owner of the tables, who is also the server's superuser. */
    readonly ownerUrl: string,
  ) {}

  /** @param dataDir an empty folder that the server's account can enter. */
  static async start(dataDir: string): Promise<PostgresServer> {
    const embedded = new EmbeddedServer({ dataDir });
    try {
      const first = new PostgresServer(embedded, dataDir, await embedded.start());
      const port = await freeServerPort();
      await first.keepSettings(port);
      const url = new URL(first.ownerUrl);
      url.port = String(port);
      const server = new PostgresServer(embedded, dataDir, url.toString());
      await first.stop('fast');
      await server.startAgain();
      await ensureAppRole(server.ownerUrl);
      return server;
    } catch (error) {
      await embedded.remove();
      throw error;
    }
  }

  /** Signs in as the role that the program works under. */
  get appUrl(): string {
    return appUrlOf(this.ownerUrl);
  }

  /** `immediate` is a crash: every session is cut off, nothing is written, the next start recovers from the log. */
  async stop(mode: 'fast' | 'immediate'): Promise<void> {
    await this.control('stop', `--mode=${mode}`);
  }

  /** Starts it again; resolves when it lets sessions in. */
  async startAgain(): Promise<void> {
    const log = `${this.placement.dataFolder}/server.log`;
    try {
      await this.control('start', '--silent', `--log=${log}`);
    } catch (error) {
      const lines = readFileSync(log, 'utf8').slice(-2000);
      throw new Error(`PostgreSQL does not start: ${(error as Error).message}\n${lines}`, { cause: error });
    }
  }

  /** Stops it if it runs, and removes all that it has stored. */
  async remove(): Promise<void> {
    await this.embedded.remove();
  }

  private get placement(): { binFolder: string; dataFolder: string } {
    return place(this.dataDir, serverAccount());
  }

  private async control(command: string, ...args: string[]): Promise<void> {
    const { binFolder, dataFolder } = this.placement;
    const all = [command, '--wait', `--timeout=${WITHIN_SECONDS}`, `--pgdata=${dataFolder}`, ...args];
    await runProgram(`${binFolder}/pg_ctl`, all, serverAccount());
  }

  /**
   * What it was started with on the command line goes into its own settings, and a port that nobody's outgoing
   * connection can take while it is down.
   */
  private async keepSettings(port: number): Promise<void> {
    const client = new Client({ connectionString: this.ownerUrl });
    client.on('error', () => undefined);
    await client.connect();
    try {
      const { rows } = await client.query<{ name: string; setting: string }>(
        `SELECT name, current_setting(name) AS setting FROM pg_settings WHERE source = 'command line' AND context <> 'internal'`,
      );
      // Not by ALTER SYSTEM, which makes an empty list (no sockets in the file system) a list of one empty name.
      const lines = [...rows, { name: 'port', setting: String(port) }].map(
        ({ name, setting }) => `${name} = '${setting.replaceAll("'", "''")}'\n`,
      );
      appendFileSync(`${this.placement.dataFolder}/postgresql.conf`, lines.join(''));
    } finally {
      await client.end();
    }
  }
}

/** Below the range from which systems take the ports of outgoing connections. */
async function freeServerPort(): Promise<number> {
  for (;;) {
    const port = 15_000 + randomInt(15_000);
    const server = createServer();
    const free = await new Promise<boolean>((resolve) => {
      server.on('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
    });
    if (free) return port;
  }
}
