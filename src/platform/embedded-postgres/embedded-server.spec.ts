import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
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
    if (existsSync(join(dataDir, 'postgres'))) await new EmbeddedServer({ dataDir }).stop();
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

  describe('whose folder was copied', () => {
    let copy: string;

    beforeEach(() => {
      copy = join(dataDir, 'copy');
    });

    const copied = (): void => {
      mkdirSync(copy);
      for (const name of ['postgres', 'postgres.password'])
        cpSync(join(dataDir, name), join(copy, name), { recursive: true, preserveTimestamps: true });
      // A copy made by root belongs to root, but PostgreSQL runs under the account of the original.
      const { uid, gid } = statSync(join(dataDir, 'postgres'));
      execFileSync('chown', ['-R', `${uid}:${gid}`, join(copy, 'postgres')]);
    };

    it('is refused while the original runs and afterwards, without effect on the original', async () => {
      const original = new EmbeddedServer({ dataDir });
      const url = await original.start();
      await ask(url, `CREATE TABLE kept AS SELECT 42 AS answer`);
      copied();
      await expect(new EmbeddedServer({ dataDir: copy }).start()).rejects.toThrow(
        `${join(copy, 'postgres')} was copied from ${join(dataDir, 'postgres')} while that database was running`,
      );
      await new EmbeddedServer({ dataDir: copy }).stop();
      expect(await ask(url, `SELECT answer FROM kept`)).toEqual({ answer: 42 });
      await original.stop();
      await expect(new EmbeddedServer({ dataDir: copy }).start()).rejects.toThrow('Stop the program there');
    });

    it('is refused when its database is elsewhere, in the folder of the original', () => {
      const elsewhere = '/var/lib/conclave/0123456789abcdef/postgres';
      mkdirSync(copy);
      writeFileSync(join(copy, 'postgres.location'), `${elsewhere}\n`);
      expect(() => new EmbeddedServer({ dataDir: copy })).toThrow(
        `its database is in ${elsewhere}, which belongs to the folder`,
      );
    });

    it('is a backup when the server was stopped first', async () => {
      const original = new EmbeddedServer({ dataDir });
      await ask(await original.start(), `CREATE TABLE kept AS SELECT 42 AS answer`);
      await original.stop();
      copied();
      const restored = new EmbeddedServer({ dataDir: copy });
      expect(await ask(await restored.start(), `SELECT answer FROM kept`)).toEqual({ answer: 42 });
      await restored.stop();
    });
  });
});
