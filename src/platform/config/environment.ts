import { existsSync, readFileSync } from 'node:fs';
import { resolve, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { StartError } from './start-error.js';

const flag = z.enum(['true', 'false']).transform((text) => text === 'true');
const count = z.coerce.number().int().min(0).max(1_000_000);
const port = z.coerce.number().int().min(0).max(65535);

const schema = z.object({
  PORT: port.default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATABASE_MIGRATION_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  EMBEDDED_DATABASE: flag.default(false),
  DATA_DIR: z.string().min(1).default('.data'),
  QUEUE_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  APP_ROLE: z.enum(['all', 'api', 'worker']).default('all'),
  CHUNK_SIZE: z.coerce.number().int().min(1).max(10_000).default(500),
  AGENT_TIMEOUT_SECONDS: z.coerce.number().min(1).max(600).default(30),
  MARKET_DATA: z.enum(['simulated', 'live']).default('simulated'),
  MARKET_SEED: z.string().min(1).max(100).default('conclave'),
  JWT_SECRET: z
    .string()
    .refine((secret) => Buffer.byteLength(secret) >= 32, 'must be at least 32 bytes long')
    .optional(),
  ENCRYPTION_KEYS: z.string().min(1).optional(),
  ADMIN_EMAIL: z.email().default('admin@conclave.local'),
  ADMIN_PASSWORD: z.string().min(8).max(128).optional(),
  REGISTRATION: z.enum(['open', 'closed']).default('open'),
  PAPER_SLIPPAGE_BPS: z.coerce.number().min(0).max(1000).default(5),
  LIVE_TRADING: z.enum(['false'], 'is not available yet: live channels do not exist, leave it unset').default('false'),
  ALLOW_PRIVATE_API_HOSTS: flag.default(false),
  CORS_ORIGINS: z
    .string()
    .default('')
    .transform((list) => list.split(',').map((origin) => origin.trim()))
    .transform((list) => list.filter((origin) => origin !== '')),
  TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
  MAX_CONNECTIONS: count.default(5000),
  RATE_LIMIT_PER_MINUTE: count.default(600),
  RATE_LIMIT_ANONYMOUS_PER_MINUTE: count.default(300),
  LOGIN_FAILURES_PER_ACCOUNT: count.default(5),
  LOGIN_FAILURES_PER_ADDRESS: count.default(50),
  MAX_INSTANCES_PER_USER: count.default(100),
  RETENTION_MONTHS: z.coerce.number().int().min(1).max(1200).optional(),
  METRICS_PORT: port.optional(),
  METRICS_TOKEN: z
    .string()
    .min(16, 'must be at least 16 characters long')
    .regex(/^[\x21-\x7e]+$/, 'may have no spaces and nothing but ASCII, as it travels in a header')
    .optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  LOG_DECISIONS: z.enum(['all', 'acted']).default('all'),
  DEMO: flag.optional(),
  NODE_ENV: z.string().optional(),
});

export type Environment = z.infer<typeof schema>;

/**
 * Validates the settings. An empty value counts as not set.
 * @throws StartError naming every wrong setting and what it should be.
 */
export function readEnvironment(source: Readonly<Record<string, string | undefined>>): Environment {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''));
  const result = schema.safeParse(given);
  if (!result.success) {
    const problems = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new StartError(`Wrong settings: ${problems.join('; ')}. See .env.example for what each one means.`);
  }
  const environment = result.data;
  if (environment.NODE_ENV === 'production' && environment.ALLOW_PRIVATE_API_HOSTS) {
    throw new StartError(
      'Wrong settings: ALLOW_PRIVATE_API_HOSTS is for tests and refused when NODE_ENV is production.',
    );
  }
  if (environment.DATABASE_MIGRATION_URL !== undefined && environment.DATABASE_URL === undefined) {
    throw new StartError(
      'Wrong settings: DATABASE_MIGRATION_URL needs DATABASE_URL, for the role that the program uses.',
    );
  }
  if (environment.NODE_ENV === 'production') {
    refuseUnlimitedGuessing(environment);
    if (environment.DATABASE_URL === undefined && !environment.EMBEDDED_DATABASE) {
      throw new StartError(
        'Wrong settings: DATABASE_URL is missing. With NODE_ENV=production the embedded database is used only when ' +
          'EMBEDDED_DATABASE=true says so.',
      );
    }
  }
  return { ...environment, DATA_DIR: resolve(environment.DATA_DIR) };
}

/** Without a limit passwords could be guessed endlessly. A benchmark may switch the limits off. */
function refuseUnlimitedGuessing(environment: Environment): void {
  for (const name of ['LOGIN_FAILURES_PER_ACCOUNT', 'LOGIN_FAILURES_PER_ADDRESS'] as const) {
    if (environment[name] > 0) continue;
    throw new StartError(`Wrong settings: ${name} can be 0 (no limit) only while NODE_ENV is not production.`);
  }
}

/** Loads `.env` of the working directory, without overriding what is set, then validates the settings. */
export function loadEnvironment(): Environment {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return readEnvironment(process.env);
}

/** The version in the nearest package.json above this file, built or not. @throws Error when there is none. */
export function programVersion(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (existsSync(file)) return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
    if (folder === dirname(folder)) throw new Error('There is no package.json above the program.');
  }
}
