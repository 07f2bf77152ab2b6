import { getConfigToken } from '@nestjs/config';
import type { Environment } from './environment.js';
import { resolveSecrets } from './secrets.js';

/** Under this name `ConfigService` has the settings: `configService.get('app.port')`. */
export const CONFIG_NAME = 'app';

/** Injection token of the frozen {@link AppConfig}: `@Inject(CONFIG) config: AppConfig`. */
export const CONFIG = getConfigToken(CONFIG_NAME);

/** Which parts of the program this process runs. */
export type AppRole = 'all' | 'api' | 'worker';

/** Where prices come from; `replay` is set by the replay command only. */
export type MarketDataMode = 'simulated' | 'live' | 'replay';

/**
 * Everything the environment says, read once, checked, frozen. No other place reads `process.env`.
 */
export interface AppConfig {
  /** TCP port of the HTTP server. */
  readonly port: number;
  readonly host: string;
  /** Connection string of the PostgreSQL server in use (the embedded one's when none was given). */
  readonly databaseUrl: string;
  /** The same, signing in as the owner of the tables; for the removal of months that are not kept, and nothing else. */
  readonly ownerUrl: string;
  /** True when the database is the embedded one under `dataDir`. */
  readonly embeddedDatabase: boolean;
  /** Absolute path of the folder for the embedded database and the generated secrets. */
  readonly dataDir: string;
  /** `redis://...`, or null: the queue lives in the database. */
  readonly queueUrl: string | null;
  readonly role: AppRole;
  /** Instances of one transaction of a run. Larger chunks need fewer statements, smaller ones shorter locks. */
  readonly chunkSize: number;
  /** Milliseconds that a business agent may take for an analysis. */
  readonly agentTimeoutMs: number;
  readonly marketData: MarketDataMode;
  /** Seed of the simulated market. */
  readonly marketSeed: string;
  /** At least 32 bytes. */
  readonly jwtSecret: string;
  /** Fernet keys, url-safe base64 of 32 bytes: the first encrypts, all decrypt. */
  readonly encryptionKeys: readonly string[];
  readonly adminEmail: string;
  /** Null: generated at the first seed and printed once. */
  readonly adminPassword: string | null;
  readonly registration: 'open' | 'closed';
  /** Basis points by which a paper market fill is worse than the price. */
  readonly paperSlippageBps: number;
  readonly liveTrading: boolean;
  readonly allowPrivateApiHosts: boolean;
  readonly corsOrigins: readonly string[];
  /** Reverse proxies in front, whose X-Forwarded-For is believed; 0: nobody's is. */
  readonly trustProxy: number;
  /** Open connections of the HTTP server; new ones above it are closed. 0: any number. */
  readonly maxConnections: number;
  /** Requests that a signed-in user may make in a minute; 0: any number. */
  readonly rateLimitPerMinute: number;
  /** Requests without a valid access token that an address may make in a minute; 0: any number. */
  readonly rateLimitAnonymousPerMinute: number;
  /** Wrong passwords for an account in 15 minutes before it must wait; 0: any number. */
  readonly loginFailuresPerAccount: number;
  /** Failed sign-ins (and, counted apart, failed refreshes) of an address in an hour; 0: any number. */
  readonly loginFailuresPerAddress: number;
  /** Instances that a user may have, archived ones not counted; 0: any number. */
  readonly maxInstancesPerUser: number;
  /** Full months of executions, analyses and snapshots that are kept beside the present one; null: all. */
  readonly retentionMonths: number | null;
  /** Port of its own for the metrics, on `host`; 0: any free one; null: none. */
  readonly metricsPort: number | null;
  /** Who has it may read the metrics, on either port; null: they are not on the port of the interface. */
  readonly metricsToken: string | null;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  /** `acted`: lines of decisions that traded only, and one line a chunk with the number of each reason. */
  readonly logDecisions: 'all' | 'acted';
  /** Seed a demo trader with a demo instance. */
  readonly demo: boolean;
  readonly production: boolean;
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
    maxConnections: environment.MAX_CONNECTIONS,
    rateLimitPerMinute: environment.RATE_LIMIT_PER_MINUTE,
    rateLimitAnonymousPerMinute: environment.RATE_LIMIT_ANONYMOUS_PER_MINUTE,
    loginFailuresPerAccount: environment.LOGIN_FAILURES_PER_ACCOUNT,
    loginFailuresPerAddress: environment.LOGIN_FAILURES_PER_ADDRESS,
    maxInstancesPerUser: environment.MAX_INSTANCES_PER_USER,
    retentionMonths: environment.RETENTION_MONTHS ?? null,
    metricsPort: environment.METRICS_PORT ?? null,
    metricsToken: environment.METRICS_TOKEN ?? null,
    logLevel: environment.LOG_LEVEL,
    logDecisions: environment.LOG_DECISIONS,
    demo: environment.DEMO ?? embedded,
    production: environment.NODE_ENV === 'production',
  });
}
