import { existsSync } from 'node:fs';
import type { AppConfig } from './app-config.js';
import type { Environment } from './environment.js';
import { readEnvironment } from './environment.js';
import { resolveSecrets } from './secrets.js';

/** Loads `.env` of the working directory (what is set already wins), then reads and checks the settings. */
export function loadEnvironment(): Environment {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return readEnvironment(process.env);
}

/**
 * Builds the configuration of this process.
 * @param databaseUrl the server in use, once it is known (the embedded one has its port only when it runs).
 * @param ownerUrl the same as the owner of the tables, where that is another role.
 * @throws StartError when a required secret is missing or malformed.
 */
export function buildConfig(environment: Environment, databaseUrl: string, ownerUrl = databaseUrl): AppConfig {
  const embedded = environment.DATABASE_URL === undefined;
  const secrets = resolveSecrets(environment);
  return Object.freeze<AppConfig>({
    port: environment.PORT,
    host: environment.HOST,
    databaseUrl,
    ownerUrl,
    embeddedDatabase: embedded,
    dataDir: environment.DATA_DIR,
    queueUrl: environment.QUEUE_URL ?? null,
    role: environment.APP_ROLE,
    chunkSize: environment.CHUNK_SIZE,
    agentTimeoutMs: environment.AGENT_TIMEOUT_SECONDS * 1000,
    marketData: environment.MARKET_DATA,
    marketSeed: environment.MARKET_SEED,
    jwtSecret: secrets.jwtSecret,
    encryptionKeys: secrets.encryptionKeys,
    adminEmail: environment.ADMIN_EMAIL.toLowerCase(),
    adminPassword: environment.ADMIN_PASSWORD ?? null,
    registration: environment.REGISTRATION,
    paperSlippageBps: environment.PAPER_SLIPPAGE_BPS,
    liveTrading: false,
    allowPrivateApiHosts: environment.ALLOW_PRIVATE_API_HOSTS,
    corsOrigins: environment.CORS_ORIGINS,
    trustProxy: environment.TRUST_PROXY,
    rateLimitPerMinute: environment.RATE_LIMIT_PER_MINUTE,
    rateLimitAnonymousPerMinute: environment.RATE_LIMIT_ANONYMOUS_PER_MINUTE,
    loginFailuresPerAccount: environment.LOGIN_FAILURES_PER_ACCOUNT,
    loginFailuresPerAddress: environment.LOGIN_FAILURES_PER_ADDRESS,
    maxInstancesPerUser: environment.MAX_INSTANCES_PER_USER,
    retentionMonths: environment.RETENTION_MONTHS ?? null,
    metricsPort: environment.METRICS_PORT ?? null,
    metricsToken: environment.METRICS_TOKEN ?? null,
    logLevel: environment.LOG_LEVEL,
    demo: environment.DEMO ?? embedded,
    production: environment.NODE_ENV === 'production',
  });
}
