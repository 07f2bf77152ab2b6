import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { StartError } from '../config/start-error.js';

/** The system account that PostgreSQL runs as; null stands for the current user. */
export interface ServerAccount {
  readonly uid: number;
  readonly gid: number;
}

const ACCOUNT = 'postgres';

/**
 * PostgreSQL refuses to run as root. Root runs it as the system account `postgres`, which is created when it is
 * missing; any other user runs it as itself.
 * @throws StartError when root cannot create the account.
 */
export function serverAccount(): ServerAccount | null {
  if (process.getuid?.() !== 0) return null;
  return findAccount() ?? createAccount();
}

/** Whether the account can enter every folder down to `path`, by the execute bit of owner, group or others. */
export function canReach(path: string, account: ServerAccount | null): boolean {
  if (account === null) return true;
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    const stats = statSync(folder, { throwIfNoEntry: false });
    if (stats) {
      const bit = stats.uid === account.uid ? 0o100 : stats.gid === account.gid ? 0o010 : 0o001;
      if ((stats.mode & bit) === 0) return false;
    }
    if (folder === dirname(folder)) return true;
  }
}

function findAccount(): ServerAccount | null {
  try {
    const id = (flag: string): number => Number(execFileSync('id', [flag, ACCOUNT], { stdio: 'pipe' }).toString());
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    // `id` fails when the account does not exist; the caller then creates it.
    return null;
  }
}

function createAccount(): ServerAccount {
  try {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', ACCOUNT], {
      stdio: 'pipe',
    });
  } catch (cause) {
    const message = `PostgreSQL cannot run as root and the account "${ACCOUNT}" could not be made. Start as an ordinary user, or set DATABASE_URL.`;
    throw Object.assign(new StartError(message), { cause });
  }
  const account = findAccount();
  if (!account)
    throw new StartError(`The account "${ACCOUNT}" was made but cannot be found. Set DATABASE_URL instead.`);
  return account;
}
