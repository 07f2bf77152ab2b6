import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { appUrlOf } from '../../../src/platform/database/app-role.js';
import { EmbeddedServer } from '../../../src/platform/embedded-postgres/embedded-server.js';
import { place } from '../../../src/platform/embedded-postgres/placement.js';
import { serverAccount } from '../../../src/platform/embedded-postgres/server-account.js';

/** The embedded server that a process of the program has started for itself, seen from outside. */
export class OwnServer {
  constructor(private readonly dataDir: string) {}

  /** As it is now: a server that was started again listens elsewhere. @throws Error while there is none. */
  get ownerUrl(): string {
    const port = this.lines()[3];
    if (!port) throw new Error('The embedded server does not run.');
    const password = readFileSync(join(this.dataDir, 'postgres.password'), 'utf8').trim();
    return `postgresql://conclave:${password}@127.0.0.1:${port}/conclave`;
  }

  get appUrl(): string {
    return appUrlOf(this.ownerUrl);
  }

  /** Process id of the server. */
  get pid(): number {
    return Number(this.lines()[0]);
  }

  async remove(): Promise<void> {
    await new EmbeddedServer({ dataDir: this.dataDir }).remove();
  }

  private lines(): string[] {
    const file = join(place(this.dataDir, serverAccount()).dataFolder, 'postmaster.pid');
    return existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  }
}
