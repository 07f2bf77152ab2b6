import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { tryServer } from '../../src/database-server.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

/** Message of a server: type, length, then the fields of an ErrorResponse. */
function errorResponse(message: string): Buffer {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C08P01\0M${message}\0\0`);
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}

/** The startup message without one of its settings. */
function without(startup: Buffer, name: string): Buffer {
  const words = startup.subarray(8).toString().split('\0');
  const index = words.indexOf(name);
  expect(index).toBeGreaterThanOrEqual(0);
  words.splice(index, 2);
  const rest = Buffer.from(words.join('\0'));
  const head = Buffer.from(startup.subarray(0, 8));
  head.writeInt32BE(rest.length + 8, 0);
  return Buffer.concat([head, rest]);
}

describe('a pooler in front of the database', () => {
  let database: TestDatabase;
  let pooler: Server;
  const sockets: Socket[] = [];

  beforeAll(async () => {
    database = await createTestDatabase('template0');
  });
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy();
    pooler.close();
  });
  afterAll(() => database.close());

  /** @returns the connection string that goes through it. */
  async function startPooler(onClient: (client: Socket) => void): Promise<string> {
    pooler = createServer((client) => {
      sockets.push(client.on('error', () => undefined));
      onClient(client);
    });
    pooler.listen(0, '127.0.0.1');
    await once(pooler, 'listening');
    const url = new URL(database.url);
    url.port = String((pooler.address() as AddressInfo).port);
    return url.toString();
  }

  it('is refused in one line when it refuses the time limits of a session', async () => {
    const url = await startPooler((client) =>
      client.once('data', () => client.end(errorResponse('unsupported startup parameter: statement_timeout'))),
    );
    await expect(tryServer(url, 'DATABASE_URL')).rejects.toThrow(
      /\(DATABASE_URL\) is behind a pooler such as PgBouncer.*itself\.$/,
    );
  });

  it('is refused when it drops them without a word', async () => {
    const { hostname, port } = new URL(database.url);
    const url = await startPooler((client) => {
      const server = connect(Number(port), hostname);
      sockets.push(server.on('error', () => undefined));
      client.once('data', (startup: Buffer) => {
        server.write(without(startup, 'statement_timeout'));
        client.pipe(server).pipe(client);
      });
    });
    await expect(tryServer(url, 'DATABASE_URL')).rejects.toThrow('is behind a pooler');
    await expect(tryServer(database.url, 'DATABASE_URL')).resolves.toBeUndefined();
  });
});
