import type { AppConfig } from '../../src/platform/config/app-config.js';

/** Settings for tests on the given database. */
export function testConfig(databaseUrl: string, overrides: Partial<AppConfig> = {}): AppConfig {
  return Object.freeze<AppConfig>({
    port: 0,
    host: '127.0.0.1',
    databaseUrl,
    ownerUrl: databaseUrl,
    embeddedDatabase: false,
    dataDir: '/nonexistent',
    queueUrl: null,
    role: 'api',
    chunkSize: 1000,
    agentTimeoutMs: 30_000,
    marketData: 'simulated',
    marketSeed: 'test',
    jwtSecret: 'a secret for tests that is long enough to be accepted',
    encryptionKeys: ['cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4='],
    adminEmail: 'admin@conclave.test',
    adminPassword: null,
    registration: 'open',
    paperSlippageBps: 5,
    liveTrading: false,
    allowPrivateApiHosts: false,
    corsOrigins: [],
    trustProxy: 0,
    maxConnections: 0,
    // Off: a test that is about limits sets its own.
    rateLimitPerMinute: 0,
    rateLimitAnonymousPerMinute: 0,
    loginFailuresPerAccount: 0,
    loginFailuresPerAddress: 0,
    maxInstancesPerUser: 0,
    retentionMonths: null,
    metricsPort: null,
    metricsToken: null,
    logLevel: 'silent',
    logDecisions: 'all',
    demo: false,
    production: false,
    ...overrides,
  });
}
