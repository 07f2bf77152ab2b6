import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEnvironment } from '../../src/platform/config/environment.js';
import { EmbeddedServer } from '../../src/platform/embedded-postgres/embedded-server.js';
import { prepareDatabase } from '../../src/prepare-database.js';
import { startProgram, type ProgramProcess } from './program-process.js';
import type { BenchArguments } from './bench-arguments.js';
import { BENCH_PASSWORD, BENCH_TRADER, fillDatabase } from './fill/fill-database.js';
import { fillSizes } from './fill/fill-sizes.js';
import { measureLists, type ListLatency } from './measure-lists.js';
import { explainLists, type StatementPlan } from './plans/explain-lists.js';
import { findTargets, signIn } from './targets.js';
import { buildConfig } from '../../src/platform/config/app-config.js';

/** What each list must reach, in each role. */
const TARGET_P95_MS = 50;
const ADMIN = 'bench-admin@conclave.local';

export interface BenchReport {
  /** Rows by table, and how long they took. */
  readonly filled: { readonly rows: Readonly<Record<string, number>>; readonly seconds: number };
  readonly rate: number;
  readonly seconds: number;
  readonly lists: readonly ListLatency[];
  readonly plans: readonly StatementPlan[];
  readonly target: { readonly p95_ms: number; readonly met: boolean };
}

/**
 * Measures the list endpoints of the real program on a database server of its own, with the settings for durable data,
 * and takes everything away again. Loopback only.
 * @param signal ends it early: what was started is stopped and removed, and the promise is rejected.
 */
export async function runBench(
  args: BenchArguments,
  signal: AbortSignal,
  progress: (line: string) => void,
): Promise<BenchReport> {
  const folder = mkdtempSync(join(tmpdir(), 'conclave-bench-'));
  // As root the server runs as another account, which must be able to enter the folder.
  chmodSync(folder, 0o755);
  const server = new EmbeddedServer({ dataDir: folder });
  let api: ProgramProcess | null = null;
  let removed: Promise<void> | null = null;
  const remove = (): Promise<void> => (removed ??= server.remove());
  // A statement of the fill may take a minute: without its server it ends at once.
  // What goes wrong in it is thrown below, where everybody awaits the same promise.
  const interrupt = (): void => void remove().catch(() => undefined);
  try {
    progress('PostgreSQL starts');
    const databaseUrl = await server.start();
    signal.throwIfAborted();
    signal.addEventListener('abort', interrupt);
    await prepareDatabase({ databaseUrl, adminEmail: ADMIN, adminPassword: BENCH_PASSWORD });
    const filled = await fill(databaseUrl, args, progress);
    api = await startProgram({ role: 'api', databaseUrl, folder, profile: args.profile });
    const tokens = {
      trader: await signIn(api.url, BENCH_TRADER, BENCH_PASSWORD),
      admin: await signIn(api.url, ADMIN, BENCH_PASSWORD),
    };
    const targets = await findTargets(api.url, tokens.trader, args.instances);
    const { rate, seconds } = args;
    const lists = await measureLists(targets, { url: api.url, tokens, rate, seconds, signal, progress });
    signal.throwIfAborted();
    const config = { ...buildConfig(readEnvironment({ DATA_DIR: folder }), databaseUrl), role: 'api' } as const;
    const plans = await explainLists(config, targets, 'trader');
    const met = lists.every(({ errors, p95_ms }) => errors === 0 && p95_ms < TARGET_P95_MS);
    return { filled, rate, seconds, lists, plans, target: { p95_ms: TARGET_P95_MS, met } };
  } finally {
    signal.removeEventListener('abort', interrupt);
    await api?.stop();
    await remove();
  }
}

async function fill(
  databaseUrl: string,
  args: BenchArguments,
  progress: (line: string) => void,
): Promise<BenchReport['filled']> {
  const started = performance.now();
  const rows: Record<string, number> = {};
  const sizes = fillSizes(args.instances, args.executions, args.trades);
  await fillDatabase(databaseUrl, sizes, (what, count, milliseconds) => {
    rows[what] = count;
    progress(`${count} ${what} in ${(milliseconds / 1000).toFixed(1)} s`);
  });
  return { rows, seconds: Math.round((performance.now() - started) / 100) / 10 };
}
