import { PasswordsService } from '../../src/auth/passwords/passwords.service.js';
import { createTestDatabase, type TestDatabase } from './database.js';
import { eventually, freePort } from './eventually.js';
import { runCommand, startProgram, type Ended, type Program } from './program.js';

const ADMIN = { email: 'operator@conclave.test', password: 'a password of the tests' };
const FINISHED: ReadonlySet<string> = new Set(['completed', 'degraded', 'failed']);

/** The program as it runs for real, with agents in processes of their own, on a database of its own; asked by an administrator. */
export class ServedProgram {
  /** The texts of all answers so far. */
  readonly answers: string[] = [];

  private constructor(
    readonly database: TestDatabase,
    private readonly program: Program,
    private readonly base: string,
    private token: string,
  ) {}

  /** @param prepare what is to be in the database before the program starts. @param env beside what every program needs. */
  static async start(
    prepare: (database: TestDatabase) => Promise<void>,
    env: Record<string, string>,
  ): Promise<ServedProgram> {
    const database = await createTestDatabase();
    await prepare(database);
    await database.dataSource.query(`INSERT INTO users (email, password_hash, role) VALUES ($1, $2, 'admin')`, [
      ADMIN.email,
      await new PasswordsService().hash(ADMIN.password),
    ]);
    const port = await freePort();
    const program = startProgram('src/main.js', [], {
      ...environmentOf(database),
      PORT: String(port),
      DEMO: 'false',
      RATE_LIMIT_PER_MINUTE: '0',
      ...env,
    });
    const served = new ServedProgram(database, program, `http://127.0.0.1:${port}`, '');
    await served.ready();
    const { access_token } = await served.call<{ access_token: string }>('POST', '/auth/login', ADMIN);
    served.token = access_token;
    return served;
  }

  async close(): Promise<void> {
    await this.terminate();
    await this.database.close();
  }

  /** SIGTERM. @returns how it ended; a second call gives the same. */
  terminate(): Promise<Ended> {
    this.program.child.kill('SIGTERM');
    return this.program.ended;
  }

  /** Everything that it has written so far. */
  output(): string {
    return this.program.output();
  }

  /** Runs a command of ours on the same database to its end. */
  command(file: string, args: readonly string[]): Promise<Ended> {
    return runCommand(file, args, environmentOf(this.database));
  }

  /** @throws for an answer of 400 or more. */
  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${this.base}/api/v1${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(this.token ? { authorization: `Bearer ${this.token}` } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    this.answers.push(text);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
    return JSON.parse(text) as T;
  }

  /** Adds an instance of a definition. */
  async addStrategy(definition: string): Promise<{ readonly definition: number; readonly strategy: string }> {
    const { items } = await this.call<{ items: { id: number; name: string }[] }>('GET', '/strategy-definitions');
    const { id } = items.find(({ name }) => name === definition)!;
    const body = { strategy_definition_id: id, initial_balance: 10_000 };
    return { definition: id, strategy: (await this.call<{ id: string }>('POST', '/strategies', body)).id };
  }

  /** A run of the definition that begins now, when it is over. */
  async run<T extends { readonly status: string }>(definition: number): Promise<T> {
    const { id } = await this.call<{ id: string }>('POST', `/strategy-definitions/${definition}/runs`);
    return eventually(
      'the run is over',
      async () => {
        const found = await this.call<T>('GET', `/runs/${id}`);
        return FINISHED.has(found.status) ? found : null;
      },
      60,
    );
  }

  private ready(): Promise<true> {
    return eventually(
      'ready',
      async () => {
        if (this.program.child.exitCode !== null) throw new Error(`It ended: ${this.output()}`);
        const answer = await fetch(`${this.base}/health/ready`).catch(() => null);
        return answer?.ok ? true : null;
      },
      60,
    );
  }
}

function environmentOf(database: TestDatabase): Record<string, string> {
  return {
    JWT_SECRET: 'a secret that is long enough for the tests',
    ENCRYPTION_KEYS: 'cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=',
    DATABASE_URL: database.url,
    ALLOW_PRIVATE_API_HOSTS: 'true',
  };
}
