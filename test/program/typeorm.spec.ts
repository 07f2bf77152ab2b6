import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MIGRATIONS } from '../../migrations/list.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { runCommand, type Ended } from '../support/program.js';

describe('npm run typeorm', () => {
  let database: TestDatabase;
  let folder: string;

  beforeAll(async () => {
    database = await createTestDatabase('template0');
    folder = mkdtempSync(join(tmpdir(), 'conclave-typeorm-'));
  });

  afterAll(async () => {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const typeorm = (...args: string[]): Promise<Ended> => runCommand('typeorm', args, { DATABASE_URL: database.url });
  const shown = async (): Promise<string[]> =>
    (await typeorm('migration:show')).stdout.split('\n').filter((line) => /\[[ X]\]/.test(line));

  it('runs, shows and reverts the migrations', async () => {
    expect(await typeorm('migration:run')).toMatchObject({ code: 0 });
    const all = await shown();
    expect(all).toHaveLength(MIGRATIONS.length);
    expect(all.filter((line) => line.includes('[X]'))).toHaveLength(MIGRATIONS.length);
    expect(await typeorm('migration:revert')).toMatchObject({ code: 0 });
    expect((await shown()).filter((line) => line.includes('[ ]'))).toHaveLength(1);
    expect(await typeorm('migration:run')).toMatchObject({ code: 0 });
  });

  it('has nothing to change in a migrated database, and generates what a difference needs', async () => {
    expect((await typeorm('schema:log')).stdout).toContain('Your schema is up to date');
    expect(await typeorm('migration:generate', join(folder, 'nothing'))).toMatchObject({ code: 1 });
    expect(readdirSync(folder)).toEqual([]);
    await database.dataSource.query('DROP INDEX ix_refresh_tokens_family');
    expect(await typeorm('migration:generate', join(folder, 'index-families'))).toMatchObject({ code: 0 });
    const [file] = readdirSync(folder);
    expect(readFileSync(join(folder, file!), 'utf8')).toContain('CREATE INDEX "ix_refresh_tokens_family"');
  });

  it('ends as TypeORM does', async () => {
    expect((await typeorm('nonsense')).code).not.toBe(0);
    expect((await typeorm('--help')).stdout).toContain('migration:generate');
  });
});
