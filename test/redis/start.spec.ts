import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { StartError } from '../../src/platform/config/start-error.js';
import { createLogger } from '../../src/platform/logging/logger.js';
import { RedisConnection, tryRedis } from '../../src/platform/queue/redis-connection.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { freePort } from '../support/eventually.js';
import { runProgram } from '../support/program.js';
import { RedisServer } from '../support/redis-server.js';

const SECRETS = {
  JWT_SECRET: 'a secret that is long enough for the tests',
  ENCRYPTION_KEYS: 'cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=',
};

describe('a queue that cannot be reached at the start', () => {
  let server: RedisServer;
  let web: Server;

  beforeAll(async () => {
    server = await RedisServer.start({ password: 'right-password' });
    web = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  });

  afterAll(async () => {
    web.close();
    await server.remove();
  });

  it.each([
    ['right', () => `redis://:right-password@127.0.0.1:${server.port}`],
    [
      'right, with the user and the number of a database',
      () => `redis://default:right-password@127.0.0.1:${server.port}/3`,
    ],
  ])('is none: %s', async (_what, url) => {
    await expect(tryRedis(url())).resolves.toBeUndefined();
  });

  it.each([
    ['nobody listens', () => 'redis://:wrong-secret@127.0.0.1:1', 'ECONNREFUSED'],
    ['a wrong password', () => `redis://:wrong-secret@127.0.0.1:${server.port}`, 'WRONGPASS'],
    ['no password', () => `redis://127.0.0.1:${server.port}`, 'NOAUTH'],
    ['no such name', () => 'redis://:wrong-secret@queue.invalid', 'queue.invalid'],
    ['TLS to a server without', () => `rediss://:wrong-secret@127.0.0.1:${portOf(web)}`, 'SSL'],
    ['another kind of server', () => `redis://:wrong-secret@127.0.0.1:${portOf(web)}`, 'Protocol error'],
  ])('is a line that says so, without the password: %s', async (_what, url, detail) => {
    const failure: unknown = await tryRedis(url()).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StartError);
    const { message } = failure as Error;
    expect(message).toMatch(/^The queue at .* \(QUEUE_URL\) refuses: ./);
    expect(message).toContain(detail);
    expect(message).not.toMatch(/wrong-secret|right-password/);
  });

  it('is not logged with its password either', async () => {
    const redis = new Redis(`redis://:wrong-secret@127.0.0.1:${server.port}`, { retryStrategy: null });
    const error = await new Promise<Error>((resolve) => redis.once('error', resolve));
    redis.disconnect();
    expect(JSON.stringify(error)).toContain('wrong-secret');
    const stream = new PassThrough();
    createLogger({ logLevel: 'info' }, stream).error({ err: error }, 'queue');
    const line = String(stream.read());
    expect(line).toContain('WRONGPASS');
    expect(line).not.toContain('wrong-secret');
  });
});

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

describe('an address of the queue', () => {
  it('may have TLS, a user, a password with any letters and a number of a database', async () => {
    const connection = new RedisConnection('rediss://us%40er:p%40ss%2Fword%23@127.0.0.1:1/2', 'commands');
    await connection.close();
    expect(connection.redis.options).toMatchObject({
      host: '127.0.0.1',
      port: 1,
      username: 'us@er',
      password: 'p@ss/word#',
      db: 2,
      tls: expect.anything(),
    });
  });
});

describe('the program', () => {
  let database: TestDatabase;
  let dataDir: string;

  beforeAll(async () => {
    database = await createTestDatabase('template0');
    dataDir = mkdtempSync(join(tmpdir(), 'conclave-redis-'));
  });

  afterAll(async () => {
    await database.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('ends with one line when its queue is away', async () => {
    const url = `redis://:wrong-secret@127.0.0.1:${await freePort()}`;
    const env = { DATA_DIR: dataDir, DATABASE_URL: database.url, QUEUE_URL: url, ...SECRETS };
    const ended = await runProgram('src/main.js', [], env);
    expect(ended.code).toBe(1);
    expect(ended.stderr.trim()).toMatch(/^The queue at 127\.0\.0\.1:\d+ \(QUEUE_URL\) refuses: .*ECONNREFUSED.*$/);
    expect(ended.stdout + ended.stderr).not.toContain('wrong-secret');
  });
});
