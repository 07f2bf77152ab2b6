import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, ROOT } from '../support/eventually.js';
import { ServedProgram } from '../support/served-program.js';

const SLOW_INVARIANT = join(ROOT, 'test', 'support', 'preload', 'slow-invariant.mjs');

describe('the program that is asked to end in the middle of a slow check of the invariants', () => {
  let program: ServedProgram;

  beforeAll(async () => {
    program = await ServedProgram.start(async () => undefined, { NODE_OPTIONS: `--import=${SLOW_INVARIANT}` });
  }, 120_000);

  afterAll(() => program.close(), 60_000);

  const sleeping = () =>
    program.database.dataSource.query<unknown[]>(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state = 'active'
         AND query LIKE '%pg_sleep(60)%' AND pid <> pg_backend_pid()`,
    );

  it('ends in order within seconds, tells the caller, and stores no result', async () => {
    const told = program.call('POST', '/admin/system/invariants').catch(String);
    await eventually('the check is at the slow one', async () => ((await sleeping()).length === 1 ? true : null));
    const asked = performance.now();
    const { code } = await program.terminate();
    expect({ code, log: program.output() }).toMatchObject({ code: 0 });
    expect(performance.now() - asked).toBeLessThan(15_000);
    expect(await told).toMatch(/503 .*"stopping"/);
    await eventually('the server has ended it', async () => ((await sleeping()).length === 0 ? true : null), 5);
    expect(await program.database.dataSource.query(`SELECT 1 FROM invariant_checks`)).toEqual([]);
  }, 90_000);
});
