import { randomBytes } from 'node:crypto';
import type { TestDatabase } from '../../support/database.js';
import { eventually, freePort } from '../../support/eventually.js';
import { startProgram, type Program } from '../../support/program.js';
import { storeModelQuestions } from './model-questions.js';
import { livePerpetualHistory, type PerpetualHistory } from './perpetual-history.js';

/** On a busy machine. */
const START_SECONDS = 90;
const PASSWORD = 'a long enough passphrase';

export interface Account {
  readonly email: string;
  readonly password: string;
}

/** The whole program as a process, on a database of its own, with the simulated market. */
export interface ConsoleServer {
  readonly url: string;
  readonly database: TestDatabase;
  readonly admin: Account;
  /** A strategy on perpetuals with two days behind it, and its trader. */
  readonly perpetual: Omit<PerpetualHistory, 'database'>;
  /** Through the public interface, as that account. @throws what went wrong, with the answer. */
  call<T>(account: Account, method: string, path: string, body?: object): Promise<T>;
  /** A new account of that role. */
  newAccount(role: 'user' | 'trader' | 'admin', fullName: string): Promise<Account>;
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

export async function createConsoleServer(): Promise<ConsoleServer> {
  const { database, ...perpetual } = await livePerpetualHistory(PASSWORD);
  await storeModelQuestions(database);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const admin = { email: 'admin@conclave.test', password: PASSWORD };
  const secrets = { JWT_SECRET: randomBytes(32).toString('hex'), ENCRYPTION_KEYS: `${'A'.repeat(43)}=` };
  const limits = { RATE_LIMIT_PER_MINUTE: '0', RATE_LIMIT_ANONYMOUS_PER_MINUTE: '0' };
  const tokens = new Map<string, string>();
  let accounts = 0;
  let program: Program | null = null;

  async function start(): Promise<void> {
    const started = startProgram('src/main.js', [], {
      PORT: String(port),
      DATABASE_URL: database.url,
      ADMIN_EMAIL: admin.email,
      ADMIN_PASSWORD: admin.password,
      LOG_LEVEL: 'error',
      ...secrets,
      ...limits,
    });
    program = started;
    await eventually(
      'the server is ready',
      async () => {
        if (started.child.exitCode !== null) throw new Error(`It ended: ${started.output()}`);
        const answer = await fetch(`${url}/health/ready`).catch(() => null);
        return answer?.ok ? true : null;
      },
      START_SECONDS,
    );
  }

  async function stop(): Promise<void> {
    program?.child.kill('SIGTERM');
    await program?.ended;
    program = null;
  }

  async function send<T>(method: string, path: string, body?: object, token?: string): Promise<T> {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  async function call<T>({ email, password }: Account, method: string, path: string, body?: object): Promise<T> {
    const token =
      tokens.get(email) ??
      (await send<{ access_token: string }>('POST', '/auth/login', { email, password })).access_token;
    tokens.set(email, token);
    return send(method, path, body, token);
  }

  async function newAccount(role: 'user' | 'trader' | 'admin', fullName: string): Promise<Account> {
    const account = { email: `${role}-${++accounts}@conclave.test`, password: PASSWORD };
    await call(admin, 'POST', '/admin/users', { ...account, role, full_name: fullName });
    // The test of that page sets it again.
    await database.dataSource.query(`UPDATE users SET must_change_password = false WHERE email = $1`, [account.email]);
    return account;
  }

  try {
    await start();
  } catch (error) {
    await stop();
    await database.close();
    throw error;
  }
  const close = async (): Promise<void> => {
    await stop();
    await database.close();
  };
  return { url, database, admin, perpetual, call, newAccount, stop, start, close };
}
