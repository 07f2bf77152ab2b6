import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { readCatalogue, readExtras } from '../support/catalogue.js';

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

  it('is what the entities say, once all migrations have run: TypeORM has nothing to add', async () => {
    await empty.dataSource.runMigrations();
    const { upQueries } = await empty.dataSource.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
    await empty.dataSource.dropDatabase();
  });

  it('has nothing beside that but what is listed here', async () => {
    expect(await readExtras(migrated.dataSource)).toEqual({
      partitioned: [
        'agent_executions by RANGE (run_id)',
        'portfolio_snapshots by RANGE (taken_at)',
        'strategy_executions by RANGE (run_id)',
      ],
      views: ['strategy_executions_readable'],
      functions: [
        'ensure_month_partitions(timestamp with time zone) security definer',
        'lowest_id_at(timestamp with time zone)',
        'record_chunk_event()',
        'record_exit_events()',
        'record_instance_event()',
        'record_run_event()',
        'refuse_change_of_audit_log()',
        'refuse_params_of_same_version()',
      ],
      triggers: [
        'tg_audit_log_append_only',
        'tg_portfolios_changed',
        'tg_portfolios_params_version',
        'tg_position_exits_made',
        'tg_strategy_run_chunks_finished',
        'tg_strategy_runs_finished',
        'tg_strategy_runs_tick',
      ],
    });
  });

  it('is gone when every migration is reverted, and the same again when they have run once more', async () => {
    const before = await readCatalogue(migrated.dataSource);
    const extras = await readExtras(migrated.dataSource);
    for (const _ of migrated.dataSource.migrations) await migrated.dataSource.undoLastMigration();
    expect(await readCatalogue(migrated.dataSource)).toEqual({
      columns: [],
      constraints: [],
      indexes: [],
      sequences: [],
    });
    expect(await readExtras(migrated.dataSource)).toEqual({ partitioned: [], views: [], functions: [], triggers: [] });
    await migrated.dataSource.runMigrations();
    expect(await readCatalogue(migrated.dataSource)).toEqual(before);
    expect(await readExtras(migrated.dataSource)).toEqual(extras);
  });
});
