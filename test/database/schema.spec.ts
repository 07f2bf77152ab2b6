import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { readCatalogue } from '../support/catalogue.js';

describe('schema', () => {
  let migrated: TestDatabase;
  let empty: TestDatabase;

  beforeAll(async () => {
    migrated = await createTestDatabase();
    empty = await createTestDatabase('template0');
  });

  afterAll(async () => {
    await migrated.close();
    await empty.close();
  });

  it('is the same in a migrated and in a synchronized database', async () => {
    await empty.dataSource.synchronize();
    expect(await readCatalogue(empty.dataSource)).toEqual(await readCatalogue(migrated.dataSource));
    await empty.dataSource.dropDatabase();
  });

  it('is gone when every migration is reverted, and the same again when they have run once more', async () => {
    const before = await readCatalogue(migrated.dataSource);
    for (const _ of migrated.dataSource.migrations) await migrated.dataSource.undoLastMigration();
    expect(await readCatalogue(migrated.dataSource)).toEqual({
      columns: [],
      constraints: [],
      indexes: [],
      sequences: [],
    });
    await migrated.dataSource.runMigrations();
    expect(await readCatalogue(migrated.dataSource)).toEqual(before);
  });
});
