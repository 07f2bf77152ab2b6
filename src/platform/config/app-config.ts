import { getConfigToken } from '@nestjs/config';
import type { Environment } from './environment.js';
import { resolveSecrets } from './secrets.js';

/** Name of the settings in `ConfigService`: `configService.get('app.port')`. */
export const CONFIG_NAME = 'app';

/** Injection token of the frozen {@link AppConfig}: `@Inject(CONFIG) config: AppConfig`. */
export const CONFIG = getConfigToken(CONFIG_NAME);

export type AppRole = 'all' | 'api' | 'worker';

/** Source of prices. Only the replay command sets `replay`. */
export type MarketDataMode = 'simulated' | 'live' | 'replay';

/** All settings, read once, validated and frozen. No setting is read from `process.env` elsewhere. */
export interface AppConfig {
  readonly port: number;
  readonly host: string;
  /** Connection string of the PostgreSQL server in use, embedded or not. */
  readonly databaseUrl: string;
  /** The same as the owner of the tables. Used only to drop expired months. */
  readonly ownerUrl: string;
  readonly embeddedDatabase: boolean;
  /** Absolute path of the folder for the embedded database and the generated secrets. */
  readonly dataDir: string;
  /** `redis://...`, or null: the queue lives in the database. */
  readonly queueUrl: string | null;
  readonly role: AppRole;
  /**
   * Instances per transaction of a run. Larger chunks need fewer statements; smaller ones hold locks for a shorter
   * time.
   */
  readonly chunkSize: number;
  /** Deadline for an analysis of a business agent. */
  readonly agentTimeoutMs: number;
  readonly marketData: MarketDataMode;
  readonly marketSeed: string;
  /** At least 32 bytes. */
  readonly jwtSecret: string;
  /** Fernet keys, url-safe base64 of 32 bytes: the first encrypts, all decrypt. */
  readonly encryptionKeys: readonly string[];
  readonly adminEmail: string;
  /** Null: generated at the first seed and printed once. */
  readonly adminPassword: string | null;
  readonly registration: 'open' | 'closed';
  /** Basis points by which a paper market order fills worse than the price. */
  readonly paperSlippageBps: number;
  readonly liveTrading: boolean;
  readonly allowPrivateApiHosts: boolean;
  readonly corsOrigins: readonly string[];
  /** Number of reverse proxies whose X-Forwarded-For is trusted; 0: none. */
  readonly trustProxy: number;
  /** Open connections of the HTTP server; new ones above it are closed. 0: any number. */
  readonly maxConnections: number;
  /** Requests per minute of a signed-in user; 0: any number. */
  readonly rateLimitPerMinute: number;
  /** Requests per minute of an address without a valid access token; 0: any number. */
  readonly rateLimitAnonymousPerMinute: number;
  /** Wrong passwords for an account within 15 minutes before sign-ins are refused; 0: any number. */
  readonly loginFailuresPerAccount: number;
  /** Failed sign-ins of an address within an hour; failed refreshes have a count of their own. 0: any number. */
  readonly loginFailuresPerAddress: number;
  /** Instances per user, archived ones not counted; 0: any number. */
  readonly maxInstancesPerUser: number;
  /** Full months of executions, analyses and snapshots to retain besides the current one; null: all. */
  readonly retentionMonths: number | null;
  /** Separate port for the metrics, on `host`; 0: any free one; null: none. */
  readonly metricsPort: number | null;
  /** Token for reading the metrics, on either port; null: the port of the API does not serve them. */
  readonly metricsToken: string | null;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  /** `acted`: one line per decision that traded, and one per chunk with the number of each reason. */
  readonly logDecisions: 'all' | 'acted';
  /** Seed a demo trader with a demo instance. */
  readonly demo: boolean;
  readonly production: boolean;
}

/**
 * @param databaseUrl the server in use; the port of the embedded one is known only once it runs.
 * @param ownerUrl the same as the owner of the tables, when that is another role.
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
