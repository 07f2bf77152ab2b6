import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { EmbeddedServer } from './embedded-server.js';

/** A process id that does not exist: it is above the largest one of Linux. */
const NOBODY = 4_194_305;

describe('embedded server', () => {
  let dataDir: string;

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'conclave-embedded-'));
    chmodSync(dataDir, 0o755);
  });

  afterEach(async () => {
    await new EmbeddedServer({ dataDir }).stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  async function ask(url: string, sql: string): Promise<unknown> {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query(sql)).rows[0];
    } finally {
      await client.end();
    }
  }

  function postmaster(): string | null {
    const file = join(dataDir, 'postgres', 'postmaster.pid');
    return existsSync(file) ? readFileSync(file, 'utf8').split('\n')[0]! : null;
  }

  it('is one durable server for concurrent starts, and stops with its last user', async () => {
    const servers = [1, 2, 3].map(() => new EmbeddedServer({ dataDir }));
    const urls = await Promise.all(servers.map((server) => server.start()));
    expect(new Set(urls).size).toBe(1);
    expect(
      await ask(urls[0]!, `SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit`),
    ).toEqual({
      fsync: 'on',
      commit: 'on',
    });
    expect(postmaster()).not.toBeNull();
    await servers[0]!.stop();
    expect(postmaster()).toBeNull();
  });

  it('stays for a living process that uses it, and ignores dead ones', async () => {
    const server = new EmbeddedServer({ dataDir });
    await server.start();
    const users = join(dataDir, 'postgres.tenants');
    writeFileSync(join(users, String(process.ppid)), '');
    await server.stop();
    expect(postmaster()).not.toBeNull();
    rmSync(join(users, String(process.ppid)));
    writeFileSync(join(users, String(NOBODY)), '');
    await server.stop();
    expect(postmaster()).toBeNull();
  });

  it('is taken over with its data after its user was killed, even during a start', async () => {
    const url = await new EmbeddedServer({ dataDir }).start();
    await ask(url, `CREATE TABLE kept AS SELECT 42 AS answer`);
    writeFileSync(join(dataDir, 'postgres.lock'), String(NOBODY));
    const before = postmaster();
    const again = await new EmbeddedServer({ dataDir }).start();
    expect(postmaster()).toBe(before);
    expect(await ask(again, `SELECT answer FROM kept`)).toEqual({ answer: 42 });
  });

  it('reports that the password of a cluster is missing, and leaves the cluster in place', async () => {
    const server = new EmbeddedServer({ dataDir });
    await server.start();
    await server.stop();
    rmSync(join(dataDir, 'postgres.password'));
    await expect(new EmbeddedServer({ dataDir }).start()).rejects.toThrow('postgres.password is missing');
    expect(existsSync(join(dataDir, 'postgres', 'PG_VERSION'))).toBe(true);
  });
});
