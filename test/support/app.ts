import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import { AppModule } from '../../src/app.module.js';
import { AGENT_HOST } from '../../src/business-agents/runner/process-runner.js';
import type { Clock } from '../../src/domain/clock.js';
import type { AppConfig } from '../../src/platform/config/app-config.js';
import { configureHttp } from '../../src/platform/http/configure-http.js';
import { createLogger, NestLogger } from '../../src/platform/logging/logger.js';
import { testConfig } from './config.js';
import { createTestDatabase, type TestDatabase } from './database.js';

export type TestRole = 'user' | 'trader' | 'admin';

export interface TestUser {
  readonly id: string;
  readonly email: string;
  readonly token: string;
}

export interface TestApp {
  readonly app: INestApplication;
  readonly database: TestDatabase;
  /** Supertest on the running server; paths include `/api/v1`. */
  readonly http: ReturnType<typeof request>;
  /** A new user of that role, registered and signed in through the interface. */
  signUp(role: TestRole, fullName?: string): Promise<TestUser>;
  /** Bearer token of a new user of that role. */
  signIn(role: TestRole): Promise<string>;
  close(): Promise<void>;
}

export interface TestAppOptions {
  readonly config?: Partial<AppConfig>;
  readonly clock?: Clock;
  /** Where the log goes; to the standard output unless given (and with the tests' log level nothing is written). */
  readonly log?: NodeJS.WritableStream;
  /** Use this database and leave it open; else a clone of the template that is dropped at the end. */
  readonly database?: TestDatabase;
}

const PASSWORD = 'a long enough passphrase';

/** The whole application on a database of its own, listening on a free port. */
export async function createTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const database = options.database ?? (await createTestDatabase());
  const config = testConfig(database.appUrl, options.config);
  const logger = createLogger(config, options.log);
  const globals = [{ provide: AGENT_HOST, useValue: null }];
  const root = AppModule.forRoot({ config, logger, globals, ...(options.clock ? { clock: options.clock } : {}) });
  const app = await NestFactory.create<NestExpressApplication>(root, {
    logger: new NestLogger(logger),
    bodyParser: false,
    abortOnError: false,
  });
  configureHttp(app, config, logger);
  await app.listen(0, '127.0.0.1');
  const http = request(app.getHttpServer());
  let users = 0;

  async function signUp(role: TestRole, fullName = `Test ${role}`): Promise<TestUser> {
    const email = `${role}-${++users}@conclave.test`;
    const registered = await http
      .post('/api/v1/auth/register')
      .send({ email, password: PASSWORD, full_name: fullName });
    if (registered.status !== 201) throw new Error(`register: ${registered.status} ${registered.text}`);
    await database.dataSource.query('UPDATE users SET role = $1 WHERE email = $2', [role, email]);
    const login = await http.post('/api/v1/auth/login').send({ email, password: PASSWORD });
    if (login.status !== 200) throw new Error(`login: ${login.status} ${login.text}`);
    const [row] = await database.dataSource.query<{ id: string }[]>('SELECT id FROM users WHERE email = $1', [email]);
    return { id: row!.id, email, token: (login.body as { access_token: string }).access_token };
  }

  return {
    app,
    database,
    http,
    signUp,
    signIn: async (role) => (await signUp(role)).token,
    async close() {
      await app.close();
      if (!options.database) await database.close();
    },
  };
}
