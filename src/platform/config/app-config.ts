import { getConfigToken } from '@nestjs/config';

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
  /** Seed a demo trader with a demo instance. */
  readonly demo: boolean;
  readonly production: boolean;
}
