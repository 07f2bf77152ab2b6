import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { EmbeddedServer } from '../../../src/platform/embedded-postgres/embedded-server.js';
import { prepareDatabase } from '../../../src/prepare-database.js';
import { checkInvariants } from '../../../src/invariants/check-invariants.js';
import { BenchServices } from './bench-services.js';
import { compareWithFloor, type FloorReport } from './compare-with-floor.js';
import { compareWorkers, type WorkersReport } from './compare-workers.js';
import { measureGrowth, type GrowthReport } from './measure-growth.js';
import type { RunsBenchArguments } from './runs-bench-arguments.js';

export interface RunsBenchReport {
  readonly rounds: number;
  readonly floor: FloorReport;
  /** Null: not asked for. */
  readonly growth: GrowthReport | null;
  readonly workers: WorkersReport | null;
  /** Invariants violated after all of it, by name. */
  readonly violations: Readonly<Record<string, number>>;
}

/**
 * Measures runs of the real program over instances that all trade, against the floor that the database sets, on a
 * database server of its own with the settings for durable data, and takes everything away again. Loopback only.
 * @param signal ends it early: what was started is stopped and removed, and the promise is rejected.
 */
export async function benchRuns(
  args: RunsBenchArguments,
  signal: AbortSignal,
  progress: (line: string) => void,
): Promise<RunsBenchReport> {
  const folder = mkdtempSync(join(tmpdir(), 'conclave-bench-'));
  // As root the server runs as another account, which must be able to enter the folder.
  chmodSync(folder, 0o755);
  const server = new EmbeddedServer({ dataDir: folder });
  let services: BenchServices | null = null;
  try {
    progress('PostgreSQL starts');
    const databaseUrl = await server.start();
    signal.throwIfAborted();
    await prepareDatabase({ databaseUrl, adminEmail: 'bench-admin@conclave.local', adminPassword: null });
    services = await BenchServices.open(databaseUrl, folder, { signal, progress, profile: args.profile });
    const floor = await compareWithFloor(services, args);
    const growth = args.sizes.length === 0 ? null : await measureGrowth(services, args);
    const workers = args.workers === 1 ? null : await compareWorkers(services, args);
    progress('invariants');
    return { rounds: args.rounds, floor, growth, workers, violations: await violationsIn(services.database) };
  } finally {
    await services?.close();
    await server.remove();
  }
}

async function violationsIn(database: DataSource): Promise<Record<string, number>> {
  const results = await checkInvariants(database);
  const violated = results.filter(({ violations }) => violations > 0);
  return Object.fromEntries(violated.map(({ name, violations }) => [name, violations]));
}
