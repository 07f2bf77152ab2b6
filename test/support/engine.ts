import type { INestApplicationContext, Provider } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../../src/app.module.js';
import { AGENT_HOST } from '../../src/business-agents/runner/process-runner.js';
import type { MarketDataSource } from '../../src/market-data/market-data-source.js';
import { REPLAY_SOURCE } from '../../src/market-data/market-data.module.js';
import { InstanceCreationService } from '../../src/instances/instance-creation.service.js';
import { VirtualClock } from '../../src/platform/clock.js';
import type { AppConfig } from '../../src/platform/config/app-config.js';
import { createLogger, NestLogger } from '../../src/platform/logging/logger.js';
import { ChunkHandler } from '../../src/scheduler/chunks/chunk-handler.js';
import { RunHandler } from '../../src/scheduler/runs/run-handler.js';
import { RunPlanner } from '../../src/scheduler/planner/run-planner.js';
import { testConfig } from './config.js';
import { createTestDatabase, type TestDatabase } from './database.js';
import { FixedMarket } from './fixed-market.js';

/** The scheduler's parts on a database of their own, with a clock that the test moves and no queue. */
export interface TestEngine {
  readonly app: INestApplicationContext;
  readonly database: TestDatabase;
  readonly clock: VirtualClock;
  readonly planner: RunPlanner;
  readonly runs: RunHandler;
  readonly chunks: ChunkHandler;
  /** Makes a trader with so many instances of a definition; returns their ids in the order they were made. */
  addInstances(count: number, options?: { definition?: string; params?: Record<string, unknown> }): Promise<string[]>;
  /** Lets everything that is due happen, as queue and workers would; returns the ids of the runs. */
  tick(): Promise<string[]>;
  close(): Promise<void>;
}

const DEFINITION = 'multi_agent_btc_v1';

export interface TestEngineOptions {
  readonly startAt?: Date;
  readonly config?: Partial<AppConfig>;
  /** A calm market at a fixed price unless given. */
  readonly source?: MarketDataSource;
  readonly globals?: readonly Provider[];
  /** What the business agents' processes run; they are asked in this process unless given. */
  readonly agentHost?: URL;
  /** Where the log goes; nowhere unless given, together with a level. */
  readonly log?: NodeJS.WritableStream;
}

export async function createTestEngine(options: TestEngineOptions = {}): Promise<TestEngine> {
  const database = await createTestDatabase();
  // One definition, so that a tick is one run.
  await database.dataSource.query(`UPDATE strategy_definitions SET is_active = (name = $1)`, [DEFINITION]);
  const config = testConfig(database.appUrl, { marketData: 'replay', ...options.config });
  const logger = createLogger(config, options.log);
  const clock = new VirtualClock(options.startAt ?? new Date('2026-01-15T12:00:00Z'));
  const source = { provide: REPLAY_SOURCE, useValue: options.source ?? new FixedMarket() };
  const host = { provide: AGENT_HOST, useValue: options.agentHost ?? null };
  const globals = [source, host, ...(options.globals ?? [])];
  const app = await NestFactory.createApplicationContext(AppModule.forRoot({ config, logger, clock, globals }), {
    logger: new NestLogger(logger),
    abortOnError: false,
  });
  const planner = app.get(RunPlanner);
  const runs = app.get(RunHandler);
  const chunks = app.get(ChunkHandler);
  let traders = 0;
  return {
    app,
    database,
    clock,
    planner,
    runs,
    chunks,
    async addInstances(count, { definition = DEFINITION, params = {} } = {}) {
      const email = `engine-${++traders}@conclave.test`;
      const [user] = await database.dataSource.query<{ id: string }[]>(
        `INSERT INTO users (email, password_hash, role) VALUES ($1, '!', 'trader') RETURNING id`,
        [email],
      );
      const [row] = await database.dataSource.query<{ id: number }[]>(
        `SELECT id FROM strategy_definitions WHERE name = $1`,
        [definition],
      );
      const creation = app.get(InstanceCreationService);
      const ids: string[] = [];
      for (let index = 0; index < count; index++) {
        const body = { strategy_definition_id: row!.id, initial_balance: '10000', instance_params: params };
        ids.push(await creation.create({ id: user!.id, email, full_name: null }, body));
      }
      return ids;
    },
    async tick() {
      const ids = await planner.planDue();
      for (const id of ids) for (const chunk of await runs.handle(id)) await chunks.handle(id, chunk);
      return ids;
    },
    async close() {
      await app.close();
      await database.close();
    },
  };
}
