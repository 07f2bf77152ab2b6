import { NestFactory } from '@nestjs/core';
import { SingleBar } from 'cli-progress';
import { DataSource } from 'typeorm';
import { AppModule } from '../app.module.js';
import { AGENT_HOST } from '../business-agents/runner/process-runner.js';
import { openDatabaseServer } from '../database-server.js';
import { CsvDataError } from '../market-data/csv/csv-table.js';
import { REPLAY_SOURCE } from '../market-data/market-data.module.js';
import { type CsvSource, loadCsvSource } from '../market-data/csv/csv-source.js';
import { VirtualClock } from '../platform/clock.js';
import { type AppConfig, buildConfig } from '../platform/config/app-config.js';
import { type Environment } from '../platform/config/environment.js';
import { StartError } from '../platform/config/start-error.js';
import { createLogger, NestLogger } from '../platform/logging/logger.js';
import { prepareDatabase } from '../prepare-database.js';
import { reportText } from '../replay/print-report.js';
import type { ReplayArguments } from '../replay/replay-arguments.js';
import { createReplayDatabase } from '../replay/replay-database.js';
import { makeReport, type ReplayReport } from '../replay/replay-report.js';
import { runReplay, type ReplayProgress } from '../replay/run-replay.js';

/**
 * `npm run replay`: runs a definition over real history in a temporary database. Exit code 1 when an invariant is
 * violated.
 */
export async function run(args: ReplayArguments, environment: Environment): Promise<void> {
  const source = await readHistory(args.data);
  const server = await openDatabaseServer(environment);
  try {
    const database = await createReplayDatabase(server.ownerUrl);
    try {
      const report = await replay(args, source, buildConfig(environment, database.url));
      process.stdout.write(args.json ? `${JSON.stringify(report, null, 2)}\n` : reportText(report));
      if (Object.values(report.invariants).some((violations) => violations > 0)) process.exitCode = 1;
    } finally {
      await database.drop();
    }
  } finally {
    await server.release();
  }
}

/** Reads and validates the whole history before the database is started. */
async function readHistory(directory: string): Promise<CsvSource> {
  try {
    return await loadCsvSource(directory);
  } catch (error) {
    if (error instanceof CsvDataError) throw new StartError(error.message, 2);
    throw error;
  }
}

async function replay(args: ReplayArguments, source: CsvSource, settings: AppConfig): Promise<ReplayReport> {
  // Role `api` starts neither the workers of the queue nor the scheduler: the replay drives the runs itself.
  const config = {
    ...settings,
    role: 'api',
    marketData: 'replay',
    maxInstancesPerUser: 0,
  } as const;
  await prepareDatabase(config);
  // The log goes to stderr; stdout holds the result alone.
  const logger = createLogger({ logLevel: config.logLevel === 'info' ? 'error' : config.logLevel }, process.stderr);
  const clock = new VirtualClock(args.from);
  const globals = [
    { provide: REPLAY_SOURCE, useValue: source },
    { provide: AGENT_HOST, useValue: null },
  ];
  const app = await NestFactory.createApplicationContext(AppModule.forRoot({ config, logger, clock, globals }), {
    logger: new NestLogger(logger),
    abortOnError: false,
  });
  const interruption = listenForInterruption();
  const bar = new SingleBar({
    stream: process.stderr,
    format: '{bar} {percentage}% {value}/{total} runs, {eta_formatted} left',
  });
  try {
    const started = performance.now();
    const ran = await runReplay(app, clock, args, source.spans(), progressOn(bar), () => interruption.came);
    bar.stop();
    const durationMs = performance.now() - started;
    if (interruption.came) throw new StartError('Interrupted: nothing is kept of this replay.');
    return await makeReport(app.get(DataSource), args, { ...ran, durationMs });
  } finally {
    bar.stop();
    interruption.stopListening();
    await app.close();
  }
}

function progressOn(bar: SingleBar): ReplayProgress {
  return { start: (ticks) => bar.start(ticks, 0), tick: () => bar.increment() };
}

/** Ctrl-C ends the replay at its next tick instead of at once, so that its database is dropped. */
function listenForInterruption(): { came: boolean; stopListening(): void } {
  const state = { came: false, stopListening: () => undefined as void };
  const interrupt = (): void => {
    state.came = true;
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  state.stopListening = () => void process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  return state;
}
