import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Who uses the embedded server at the moment: one file per process, named by its id. The last one to
 * leave stops the server, so that a command that ends does not take it away from a running program.
 */
export class ServerUsers {
  private readonly folder: string;

  constructor(dataDir: string) {
    this.folder = join(dataDir, 'postgres.users');
  }

  /** Says that this process uses the server. Twice is the same as once. */
  enter(): void {
    mkdirSync(this.folder, { recursive: true });
    writeFileSync(join(this.folder, String(process.pid)), '');
  }

  /** Says that this process has done with it. @returns true when nobody alive is left. */
  leave(): boolean {
    rmSync(join(this.folder, String(process.pid)), { force: true });
    return this.alive().length === 0;
  }

  /** Ids of the living processes; files that killed ones left behind are removed. */
  private alive(): number[] {
    return readdirSync(this.folder)
      .map(Number)
      .filter((pid) => {
        if (isAlive(pid)) return true;
        rmSync(join(this.folder, String(pid)), { force: true });
        return false;
      });
  }
}

/** Whether a process of that id exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
