/**
 * Before all tests: builds the program, starts one throw-away PostgreSQL on a free port with its data in a
 * temporary folder, and makes the template database that every test file gets a copy of.
 */
import { chmodSync, mkdtempSync, statfsSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildIfStale } from '../../scripts/build.mjs';
import { findChromiumProgram, findRedisProgram, NO_CHROMIUM, NO_REDIS } from '../../scripts/test-programs.mjs';

/** A run needs less than 2 GB. Memory that is nearly full is left alone. */
const FREE_MEMORY_BYTES = 4e9;

/** For files that live as long as the tests: in memory where there is room. */
function temporaryFolder() {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm');
    if (bavail * bsize > FREE_MEMORY_BYTES && freemem() > FREE_MEMORY_BYTES) return '/dev/shm';
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  return tmpdir();
}

export default async function globalSetup() {
  // Pure tests need neither the built program nor a server.
  if (process.env.TEST_SERVER === 'no') return;
  await buildIfStale();
  const redisProgram = findRedisProgram();
  if (redisProgram) process.env.TEST_REDIS_PROGRAM = redisProgram;
  else process.stdout.write(`${NO_REDIS}\n`);
  const chromiumProgram = findChromiumProgram();
  if (chromiumProgram) process.env.TEST_CHROMIUM_PROGRAM = chromiumProgram;
  else process.stdout.write(`${NO_CHROMIUM}\n`);
  if (process.env.TEST_EVERYTHING && !(redisProgram && chromiumProgram)) {
    throw new Error('TEST_EVERYTHING is set, and a program that tests need is missing.');
  }
  const { EmbeddedServer } = await import('../../dist/src/platform/embedded-postgres/embedded-server.js');
  const dataDir = mkdtempSync(join(temporaryFolder(), 'conclave-test-'));
  // As root the server runs as another account, which must be able to enter the folder.
  chmodSync(dataDir, 0o755);
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' };
  const server = new EmbeddedServer({ dataDir, settings });
  globalThis.conclaveTestServer = server;
  // jest runs no teardown after a failed set-up or a signal: the server would stay, with its data in memory.
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => void server.remove().finally(() => process.exit(1)));
  }
  try {
    const adminUrl = await server.start();
    await createTemplate(adminUrl, 'conclave_template');
    process.env.TEST_DATABASE_URL = adminUrl;
  } catch (error) {
    await server.remove();
    throw error;
  }
}

async function createTemplate(adminUrl, name) {
  const { DataSource } = await import('typeorm');
  const { databaseOptions } = await import('../../dist/src/schema.js');
  const admin = new DataSource({ type: 'postgres', url: adminUrl });
  await admin.initialize();
  await admin.query(`CREATE DATABASE ${name}`);
  await admin.destroy();
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  const template = new DataSource(databaseOptions(url.toString()));
  await template.initialize();
  await template.runMigrations();
  const { appUrlOf, ensureAppRole, grantAppRights, roleOf } =
    await import('../../dist/src/platform/database/app-role.js');
  await ensureAppRole(adminUrl);
  await grantAppRights(template, roleOf(appUrlOf(adminUrl)));
  // The queue makes its tables where they are missing: once here instead of once in each copy.
  const { JobQueue } = await import('../../dist/src/platform/queue/job-queue.js');
  const queue = new JobQueue({ kind: 'postgres', url: appUrlOf(url.toString()) }, (error) => {
    throw error;
  });
  await queue.ready();
  await queue.close();
  const { seedRegistries } = await import('../../dist/seeds/registries.js');
  const { seedDefinitions } = await import('../../dist/seeds/definitions.js');
  await seedRegistries(template.manager);
  await seedDefinitions(template.manager);
  await template.destroy();
}
