import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { monthOf, monthText, startOf } from '../../src/domain/schedule/month.js';
import { timeOfUuidv7 } from '../../src/platform/database/uuid.js';
import { createTestApp, type TestApp, type TestUser } from '../support/app.js';
import { recordRun, type RecordedRun } from '../support/history.js';
import { as, createDefinition, createInstance, registerAgents, STRATEGIES, type Body } from '../support/strategies.js';

/** What test/scheduler/retention.spec.ts drops, seen through the interface; the rows of the month are still there. */
describe('a month that is not kept any more', () => {
  let t: TestApp;
  let trader: TestUser;
  let definition: number;
  let strategy: string;
  let run: RecordedRun;

  beforeAll(async () => {
    t = await createTestApp();
    await registerAgents(t);
    trader = await t.signUp('trader');
    definition = await createDefinition(t, await t.signUp('admin'));
    strategy = String((await createInstance(t, trader, definition))['id']);
    run = await recordRun(t, definition, strategy);
  });

  afterAll(() => t.close());

  const get = (path: string) => as(t.http.get(path), trader);
  const ofStrategy = async (path: string) => (await get(`${STRATEGIES}/${strategy}${path}`)).body as Body;

  it('is all there while it is kept', async () => {
    expect(await ofStrategy('/executions')).toMatchObject({ items: [{ id: run.executionId }], kept_from: null });
    const snapshots = await ofStrategy('/snapshots');
    expect(snapshots).toMatchObject({ kept_from: null });
    expect(snapshots['items']).not.toEqual([]);
    expect((await get(`/api/v1/runs/${run.runId}`)).body).toMatchObject({
      analyses: [{ agent_name: 'macro' }, { agent_name: 'ta' }],
    });
  });

  describe('afterwards', () => {
    let retainedFrom: string;

    beforeAll(async () => {
      const month = monthOf(new Date(timeOfUuidv7(run.runId)));
      retainedFrom = startOf(month + 1).toISOString();
      await t.database.dataSource.query(
        `INSERT INTO dropped_months (month, first_id, end_id, begun_at)
         VALUES ($1, lowest_id_at($2), lowest_id_at($3), now())`,
        [`${monthText(month)}-01`, startOf(month), retainedFrom],
      );
    });

    it('is not in the lists, which say from when on they have everything', async () => {
      expect(await ofStrategy('/executions')).toEqual({ items: [], next_cursor: null, kept_from: retainedFrom });
      expect(await ofStrategy('/snapshots')).toEqual({ items: [], next_cursor: null, kept_from: retainedFrom });
    });

    it('answers 410 for one of its decisions and the replay of it, and 404 for what never was', async () => {
      for (const path of ['', '/replay']) {
        const response = await get(`${STRATEGIES}/${strategy}/executions/${run.executionId}${path}`);
        expect({ path, status: response.status, body: response.body as Body }).toMatchObject({
          path,
          status: 410,
          body: { code: 'not_kept' },
        });
      }
      expect((await get(`${STRATEGIES}/${strategy}/executions/00000000-0000-4000-8000-000000000000`)).status).toBe(404);
    });

    it('still has its run, without analyses rather than with none, and its trades', async () => {
      expect((await get(`/api/v1/runs/${run.runId}`)).body).toMatchObject({ status: 'completed', analyses: null });
      expect(await ofStrategy('/trades')).toMatchObject({ items: [{ id: run.tradeId }] });
    });
  });
});
