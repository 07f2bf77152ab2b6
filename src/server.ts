import { fileURLToPath } from 'node:url';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { seedDemo } from '../seeds/demo.js';
import type { GeneratedPassword } from '../seeds/first-admin.js';
import { AppModule } from './app.module.js';
import { openDatabaseServer, tryServer } from './database-server.js';
import { endOnSignal } from './end-on-signal.js';
import { type AppConfig, buildConfig } from './platform/config/app-config.js';
import { type Environment } from './platform/config/environment.js';
import { StartError } from './platform/config/start-error.js';
import { roleOf } from './platform/database/app-role.js';
import { serveConsole } from './platform/http/serve-console.js';
import { configureHttp } from './platform/http/configure-http.js';
import { setUpSwagger } from './platform/http/docs/openapi.js';
import { createLogger, type Logger, NestLogger } from './platform/logging/logger.js';
import { Metrics } from './platform/metrics/metrics.js';
import { openMetricsServer, type MetricsServer } from './platform/metrics/metrics-server.js';
import { tryRedis } from './platform/queue/redis-connection.js';
import { prepareDatabase } from './prepare-database.js';

/** Build output of the console, relative to dist/src. */
const CONSOLE_FOLDER = fileURLToPath(new URL('../../web/dist', import.meta.url));

/**
 * Starts the parts of this process: database, migrations, seeds, HTTP, scheduler. On SIGINT and SIGTERM running chunks
 * finish, connections close, and the embedded database stops.
 * @throws StartError for a problem that the operator can fix.
 */
export async function startServer(environment: Environment): Promise<void> {
  const server = await openDatabaseServer(environment);
  let app: NestExpressApplication | null = null;
  let metrics: MetricsServer | null = null;
  try {
    const config = buildConfig(environment, server.url, server.ownerUrl);
    const logger = createLogger(config);
    if (config.queueUrl !== null) await tryRedis(config.queueUrl);
    const { passwords } = await prepareDatabase({
      ...config,
      databaseUrl: server.ownerUrl,
      appRole: roleOf(server.url),
    });
    if (server.url !== server.ownerUrl) await tryServer(server.url, 'DATABASE_URL');
    app = await createApp(config, logger);
    // Before the scheduler's first tick, so that the first run has an instance to execute.
    const demo = config.demo ? await seedDemo(app) : null;
    metrics = await serveMetrics(app, config, logger);
    const url = await listen(app, config);
    announce(config, { url, metricsUrl: metrics?.url }, demo ? [...passwords, demo] : passwords);
    endOnSignal(app, [metrics, { close: () => server.release() }], logger);
  } catch (error) {
    await metrics?.close();
    await app?.close();
    await server.release();
    throw error;
  }
}

async function createApp(config: AppConfig, logger: Logger): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.forRoot({ config, logger }), {
    logger: new NestLogger(logger),
    bodyParser: false,
    abortOnError: false,
  });
  configureHttp(app, config, logger);
  if (config.role !== 'worker') {
    setUpSwagger(app);
    serveConsole(app, CONSOLE_FOLDER);
  }
  return app;
}

/** Starts before the API, so that a scraper sees the start-up too. */
async function serveMetrics(
  app: NestExpressApplication,
  config: AppConfig,
  logger: Logger,
): Promise<MetricsServer | null> {
  const metrics = app.get(Metrics);
  if (metrics.exposed) metrics.watchProcess();
  if (config.metricsPort === null) return null;
  const onError = (error: Error): void => logger.error({ err: error }, 'metrics');
  const { host, metricsPort: port, metricsToken: token } = config;
  return openMetricsServer(metrics, { host, port, token, onError });
}

async function listen(app: NestExpressApplication, config: AppConfig): Promise<string> {
  try {
    await app.listen(config.port, config.host);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') throw new StartError(`Port ${config.port} is in use. Set PORT to a free one.`);
    if (code === 'EACCES') throw new StartError(`Port ${config.port} needs more rights. Set PORT to one above 1023.`);
    if (code === 'EADDRNOTAVAIL') throw new StartError(`HOST ${config.host} is not an address of this machine.`);
    throw error;
  }
  return app.getUrl();
}

/** Prints addresses and generated passwords to stderr; stdout holds nothing but the log. */
function announce(
  config: AppConfig,
  { url, metricsUrl }: { readonly url: string; readonly metricsUrl: string | undefined },
  passwords: readonly GeneratedPassword[],
): void {
  const lines = [
    `Conclave is ready at ${url}  (role ${config.role}, market ${config.marketData})`,
    ...(config.role === 'worker' ? [] : [`  Console: ${url}/`, `  Swagger console: ${url}/docs`]),
    ...(metricsUrl === undefined ? [] : [`  Metrics: ${metricsUrl}`]),
    ...passwords.map(
      ({ who, email, password }) => `  ${who}: ${email}  password: ${password}  (generated, shown only this once)`,
    ),
  ];
  process.stderr.write(`${lines.join('\n')}\n`);
}
