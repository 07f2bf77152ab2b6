import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { runProgram } from '../support/program.js';

const KEY = 'cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=';
const SECRETS = { JWT_SECRET: 'a secret that is long enough for the tests', ENCRYPTION_KEYS: KEY };

describe('a start that cannot be', () => {
  let database: TestDatabase;
  let dataDir: string;

  beforeAll(async () => {
    database = await createTestDatabase('template0');
    dataDir = mkdtempSync(join(tmpdir(), 'conclave-settings-'));
  });

  afterAll(async () => {
    await database.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it.each([
    ['a wrong setting', { PORT: 'x' }, 'PORT'],
    ['a missing secret', { ENCRYPTION_KEYS: KEY }, 'JWT_SECRET is missing'],
    ['a missing key', { JWT_SECRET: SECRETS.JWT_SECRET }, 'ENCRYPTION_KEYS is missing'],
    ['a short secret', { ...SECRETS, JWT_SECRET: 'short' }, 'JWT_SECRET'],
    ['live trading', { ...SECRETS, LIVE_TRADING: 'true' }, 'LIVE_TRADING'],
  ])('names %s in one line and ends with 1', async (_, settings, name) => {
    const ended = await runProgram('src/main.js', [], { DATA_DIR: dataDir, DATABASE_URL: database.url, ...settings });
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain(name);
    expect(ended.stderr.trim().split('\n')).toHaveLength(1);
    expect(ended.stdout).toBe('');
  });

  it('says that the tables are not there, and who may make them', async () => {
    const ended = await runProgram('src/main.js', [], {
      DATA_DIR: dataDir,
      DATABASE_URL: database.appUrl,
      ...SECRETS,
    });
    expect(ended.code).toBe(1);
    expect(ended.stderr.trim()).toMatch(
      /^The tables are not up to date.*`npm run migrate` with DATABASE_MIGRATION_URL.*$/,
    );
    expect(ended.stdout).toBe('');
  });

  it('says that the database refuses, without its password', async () => {
    const url = new URL(database.url);
    url.password = 'wrong-and-secret';
    const refused = await runProgram('src/main.js', [], {
      DATA_DIR: dataDir,
      DATABASE_URL: url.toString(),
      ...SECRETS,
    });
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('DATABASE_URL') });
    expect(refused.stderr.trim().split('\n')).toHaveLength(1);
    expect(refused.stderr).not.toContain('wrong-and-secret');
    const gone = await runProgram('src/main.js', [], {
      DATA_DIR: dataDir,
      DATABASE_URL: 'postgresql://x:y@127.0.0.1:1/z',
      ...SECRETS,
    });
    expect(gone).toMatchObject({ code: 1, stderr: expect.stringContaining('127.0.0.1:1') });
  });
});
