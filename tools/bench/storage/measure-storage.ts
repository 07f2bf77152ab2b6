import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AppModule } from '../../../src/app.module.js';
import { InstanceCreationService } from '../../../src/instances/instance-creation.service.js';
import { VirtualClock } from '../../../src/platform/clock.js';
import { readEnvironment } from '../../../src/platform/config/environment.js';
import { EmbeddedServer } from '../../../src/platform/embedded-postgres/embedded-server.js';
import { createLogger, NestLogger } from '../../../src/platform/logging/logger.js';
import { prepareDatabase } from '../../../src/prepare-database.js';
import { ChunkHandler } from '../../../src/scheduler/chunks/chunk-handler.js';
import { RunHandler } from '../../../src/scheduler/runs/run-handler.js';
import { RunPlanner } from '../../../src/scheduler/planner/run-planner.js';
import { EXECUTION_KINDS, type ExecutionKind } from './execution-kinds.js';
import type { StorageArguments } from './storage-arguments.js';
import { growthOf, perRow, sizeOf, type TableSize } from './table-sizes.js';
import { buildConfig } from '../../../src/platform/config/app-config.js';

export interface KindReport {
  readonly kind: string;
  readonly executions: number;
  /** Of these, by what was decided and whether it traded. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** Bytes a row of each table that the kind writes to. */
  readonly tables: readonly ({ readonly table: string; readonly rows: number } & ReturnType<typeof perRow>)[];
  /** Bytes of all of these together for each execution. */
  readonly bytes: number;
}

export interface StorageReport {
  readonly postgresql: string;
  readonly kinds: readonly KindReport[];
  /** Bytes a run, whatever the number of instances: the run, its analyses, its chunks. */
  readonly run: number;
}

/**
 * Lets instances take part in runs of each kind, by the planner, run handler and chunk handler of the server, on a database
 * server of its own, and measures what is on the disk. Each kind has a month of its own, so that the partitions tell them
 * apart. Takes everything away again.
 */
export async function measureStorage(args: StorageArguments, progress: (line: string) => void): Promise<StorageReport> {
  const folder = mkdtempSync(join(tmpdir(), 'conclave-storage-'));
  // As root the server runs as another account, which must be able to enter the folder.
  chmodSync(folder, 0o755);
  // Nothing here has to survive a crash.
  const server = new EmbeddedServer({ dataDir: folder, settings: { fsync: 'off', synchronous_commit: 'off' } });
  let app: INestApplicationContext | null = null;
  try {
    progress('PostgreSQL starts');
    const databaseUrl = await server.start();
    await prepareDatabase({
      databaseUrl,
      adminEmail: 'storage@conclave.local',
      adminPassword: 'in a throw-away database',
    });
    const config = {
      ...buildConfig(readEnvironment({ DATA_DIR: folder }), databaseUrl),
      role: 'api',
      maxInstancesPerUser: 0,
    } as const;
    const clock = new VirtualClock(new Date(Date.UTC(2026, 0, 2)));
    const logger = createLogger({ logLevel: 'error' }, process.stderr);
    app = await NestFactory.createApplicationContext(AppModule.forRoot({ config, logger, clock }), {
      logger: new NestLogger(logger),
      abortOnError: false,
    });
    const database = app.get(DataSource);
    for (const definition of new Set(EXECUTION_KINDS.map((kind) => kind.definition))) {
      await makeInstances(app, definition, args.instances);
    }
    const kinds: KindReport[] = [];
    for (const kind of EXECUTION_KINDS) {
      progress(`${kind.name}: ${args.instances} instances`);
      kinds.push(await measureKind(app, clock, kind, args));
    }
    const [version] = await database.query<{ server_version: string }[]>(`SHOW server_version`);
    return { postgresql: version!.server_version, kinds, run: await bytesOfRun(database) };
  } finally {
    await app?.close();
    await server.remove();
  }
}

async function makeInstances(app: INestApplicationContext, name: string, instances: number): Promise<void> {
  const database = app.get(DataSource);
  const [definition] = await database.query<{ id: number }[]>(`SELECT id FROM strategy_definitions WHERE name = $1`, [
    name,
  ]);
  const [owner] = await database.query<{ id: string; email: string; full_name: string }[]>(
    `INSERT INTO users (email, password_hash, full_name, role) VALUES ($1, '!', 'Owner', 'trader')
     RETURNING id, email, full_name`,
    [`${name}@conclave.local`],
  );
  const creation = app.get(InstanceCreationService);
  for (let index = 0; index < instances; index++) {
    await creation.create(owner!, {
      strategy_definition_id: definition!.id,
      initial_balance: String(10_000 + 2500 * (index % 7)),
    });
  }
}

async function measureKind(
  app: INestApplicationContext,
  clock: VirtualClock,
  kind: ExecutionKind,
  args: StorageArguments,
): Promise<KindReport> {
  const database = app.get(DataSource);
  await changeParams(database, kind);
  const before = await sizesOf(database, kind.growing);
  const start = new Date(Date.UTC(2026, kind.month - 1, 2));
  clock.set(start);
  // Nothing was missed since the kind before: ticks that nobody took would stand among the runs.
  await database.query(`UPDATE strategy_definitions SET is_active = (name = $1), next_run_at = $2`, [
    kind.definition,
    start,
  ]);
  const runs = Math.ceil((args.runs * kind.runsOfTen) / 10);
  for (let run = 0; run < runs; run++) {
    for (const id of await app.get(RunPlanner).planDue()) {
      for (const chunk of await app.get(RunHandler).handle(id)) await app.get(ChunkHandler).handle(id, chunk);
    }
    clock.advance(kind.periodMinutes * 60_000);
  }
  const month = monthOf(kind);
  const sizes: Record<string, TableSize> = {};
  for (const table of kind.monthly) sizes[table] = await sizeOf(database, `${table}_${month}`);
  for (const table of kind.growing) sizes[table] = growthOf(before[table]!, await sizeOf(database, table));
  const executions = sizes['strategy_executions']!.rows;
  return {
    kind: kind.name,
    executions,
    outcomes: await outcomesOf(database, `strategy_executions_${month}`),
    tables: Object.entries(sizes).map(([table, size]) => perRowOf(table, size)),
    bytes: perRow(sumOf(Object.values(sizes)), executions).total,
  };
}

function perRowOf(table: string, size: TableSize): KindReport['tables'][number] {
  return { table, rows: size.rows, ...perRow(size) };
}

function monthOf(kind: ExecutionKind): string {
  return `2026_${String(kind.month).padStart(2, '0')}`;
}

async function bytesOfRun(database: DataSource): Promise<number> {
  const analyses = EXECUTION_KINDS.map((kind) => `agent_executions_${monthOf(kind)}`);
  const tables = ['strategy_runs', 'strategy_run_chunks', ...analyses];
  const sizes = await Promise.all(tables.map((table) => sizeOf(database, table)));
  return perRow(sumOf(sizes), sizes[0]!.rows).total;
}

/** As an edit does it: a new version of the params of each. */
async function changeParams(database: DataSource, { definition, params }: ExecutionKind): Promise<void> {
  await database.query(
    `WITH changed AS (
       UPDATE portfolios SET instance_params = instance_params || $1::jsonb, params_version = params_version + 1
       WHERE strategy_definition_id = (SELECT id FROM strategy_definitions WHERE name = $2)
       RETURNING id, params_version, instance_params)
     INSERT INTO portfolio_params_history (portfolio_id, params_version, params, changed_at)
     SELECT id, params_version, instance_params, now() FROM changed`,
    [JSON.stringify(params), definition],
  );
}

async function outcomesOf(database: DataSource, table: string): Promise<Record<string, number>> {
  const rows = await database.query<{ outcome: string; n: number }[]>(
    `SELECT coalesce(e.signal, e.status) || CASE WHEN o.id IS NULL THEN '' ELSE ' traded' END AS outcome, count(*)::integer AS n
     FROM ${table} e LEFT JOIN orders o ON o.execution_id = e.id GROUP BY 1 ORDER BY 1`,
  );
  return Object.fromEntries(rows.map(({ outcome, n }) => [outcome, n]));
}

async function sizesOf(database: DataSource, tables: readonly string[]): Promise<Record<string, TableSize>> {
  const sizes: Record<string, TableSize> = {};
  for (const table of tables) sizes[table] = await sizeOf(database, table);
  return sizes;
}

function sumOf(sizes: readonly TableSize[]): TableSize {
  const total = { rows: 0, heap: 0, index: 0, toast: 0 };
  for (const { rows, heap, index, toast } of sizes) {
    total.rows += rows;
    total.heap += heap;
    total.index += index;
    total.toast += toast;
  }
  return total;
}
