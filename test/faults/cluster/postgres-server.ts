import { Client } from 'pg';
import { appUrlOf, ensureAppRole } from '../../../src/platform/database/app-role.js';
import { EmbeddedServer } from '../../../src/platform/embedded-postgres/embedded-server.js';
import { place } from '../../../src/platform/embedded-postgres/placement.js';
import { runProgram } from '../../../src/platform/embedded-postgres/run-program.js';
import { serverAccount } from '../../../src/platform/embedded-postgres/server-account.js';

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
    const ownerUrl = await embedded.start();
    const server = new PostgresServer(embedded, dataDir, ownerUrl);
    await server.keepSettings();
    await ensureAppRole(ownerUrl);
    return server;
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
    await this.control('start', '--silent', `--log=${this.placement.dataFolder}/server.log`);
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
    const all = [command, '--wait', '--timeout=60', `--pgdata=${dataFolder}`, ...args];
    await runProgram(`${binFolder}/pg_ctl`, all, serverAccount());
  }

  /** What it was started with on the command line goes into its own settings: the port above all. */
  private async keepSettings(): Promise<void> {
    const client = new Client({ connectionString: this.ownerUrl });
    client.on('error', () => undefined);
    await client.connect();
    try {
      const { rows } = await client.query<{ name: string; setting: string; unit: string | null }>(
        `SELECT name, current_setting(name) AS setting FROM pg_settings WHERE source = 'command line' AND context <> 'internal'`,
      );
      for (const { name, setting } of rows) {
        await client.query(`ALTER SYSTEM SET ${name} = ${client.escapeLiteral(setting)}`);
      }
    } finally {
      await client.end();
    }
  }
}
