import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PasswordsService } from '../../../src/auth/passwords.service.js';
import { EmbeddedServer } from '../../../src/platform/embedded-postgres/embedded-server.js';
import { prepareDatabase } from '../../../src/prepare-database.js';
import { startProgram, type ProgramProcess } from '../program-process.js';
import { latencyOf, type Latency, type Outcome } from '../load/latency.js';
import { sendOpenLoop } from '../load/open-loop.js';
import { signIn } from '../targets.js';
import { registerAccounts, signInSteadily, type Account } from './sign-in-load.js';

const LOGINS = 200;
/** The logins of a minute, evenly, and all within a few seconds. */
const STEADY_SECONDS = 60;
const BURST_SECONDS = 4;
/** Several accounts, because attempts on one take turns. */
const ACCOUNTS = 20;
/** Light requests: the own profile, so many a second. */
const RATE = 50;
const PATH = '/api/v1/auth/me';
const QUIET_SECONDS = 20;
const HASHES = 30;
const ADMIN = 'bench-admin@conclave.local';
const PASSWORD = 'only for this bench';

/** The light requests while there are sign-ins, and the sign-ins. */
interface Together {
  readonly get: Latency;
  readonly logins: Latency;
}

export interface LoginBenchReport {
  readonly get_rate: number;
  readonly logins: number;
  /** One hash with argon2id, alone, as the program makes it. */
  readonly argon2id_ms: { readonly p50: number; readonly max: number };
  readonly get_without_logins: Latency;
  readonly in_a_minute: Together;
  readonly in_four_seconds: Together;
}

/**
 * Measures whether sign-ins from one address slow other requests, on the real program and a database of its own, and
 * takes everything away again. Loopback only.
 * @param signal ends it early: what was started is stopped and removed.
 */
export async function runLoginBench(signal: AbortSignal, progress: (line: string) => void): Promise<LoginBenchReport> {
  const folder = mkdtempSync(join(tmpdir(), 'conclave-bench-'));
  // As root the server runs as another account, which must be able to enter the folder.
  chmodSync(folder, 0o755);
  const server = new EmbeddedServer({ dataDir: folder });
  let api: ProgramProcess | null = null;
  try {
    progress('PostgreSQL starts');
    const databaseUrl = await server.start();
    await prepareDatabase({ databaseUrl, adminEmail: ADMIN, adminPassword: PASSWORD });
    api = await startProgram({ role: 'api', databaseUrl, folder, profile: null });
    const { url } = api;
    const token = await signIn(url, ADMIN, PASSWORD);
    const accounts = await registerAccounts(url, ACCOUNTS, PASSWORD);
    progress('one hash, alone');
    const argon2idMs = await measureHash();
    const light = (seconds: number): Promise<Outcome[]> =>
      sendOpenLoop({ url, token, rate: RATE, seconds, signal, request: () => ({ variant: 'me', path: PATH }) });
    await light(2);
    progress(`light requests alone, ${QUIET_SECONDS} s`);
    const quiet = latencyOf(await light(QUIET_SECONDS));
    const together = async (seconds: number): Promise<Together> => {
      progress(`light requests and ${LOGINS} logins, ${seconds} s`);
      return measureTogether(light(seconds), url, accounts, seconds, signal);
    };
    return {
      get_rate: RATE,
      logins: LOGINS,
      argon2id_ms: argon2idMs,
      get_without_logins: quiet,
      in_a_minute: await together(STEADY_SECONDS),
      in_four_seconds: await together(BURST_SECONDS),
    };
  } finally {
    await api?.stop();
    await server.remove();
  }
}

async function measureTogether(
  light: Promise<Outcome[]>,
  url: string,
  accounts: readonly Account[],
  seconds: number,
  signal: AbortSignal,
): Promise<Together> {
  const [get, logins] = await Promise.all([light, signInSteadily(url, accounts, { logins: LOGINS, seconds, signal })]);
  return { get: latencyOf(get), logins: latencyOf(logins) };
}

async function measureHash(): Promise<LoginBenchReport['argon2id_ms']> {
  const passwords = new PasswordsService();
  const outcomes: Outcome[] = [];
  for (let index = 0; index < HASHES; index++) {
    const started = performance.now();
    await passwords.hash(PASSWORD);
    outcomes.push({ variant: 'hash', milliseconds: performance.now() - started, status: 200 });
  }
  const { p50_ms: p50, max_ms: max } = latencyOf(outcomes);
  return { p50, max };
}
