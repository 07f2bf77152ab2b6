import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { JobQueue } from '../../src/platform/queue/job-queue.js';
import { createTestApp, type TestApp, type TestUser } from '../support/app.js';
import { as, createDefinition, DEFINITIONS, registerAgents } from '../support/strategies.js';

describe('running a definition now', () => {
  let t: TestApp;
  let admin: TestUser;
  let definition: number;

  beforeAll(async () => {
    t = await createTestApp();
    await registerAgents(t);
    admin = await t.signUp('admin');
    definition = await createDefinition(t, admin);
  });

  afterAll(() => t.close());

  const runNow = (id: number) => as(t.http.post(`${DEFINITIONS}/${id}/runs`), admin);
  const auditLines = () =>
    t.database.dataSource.query<Record<string, unknown>[]>(
      `SELECT actor_id, target_type, target_id, before, after, trace_id FROM audit_log WHERE action = 'run.requested'`,
    );

  it('stands in the audit log: who, which definition, which run', async () => {
    const response = await runNow(definition).set('x-request-id', 'now-1');
    expect(response.status).toBe(202);
    const found = await as(t.http.get(response.headers['location']!), admin);
    expect(found.body).toMatchObject({ id: (response.body as { id: string }).id });
    expect(await auditLines()).toEqual([
      {
        actor_id: admin.id,
        target_type: 'strategy_definition',
        target_id: String(definition),
        before: null,
        after: { run_id: (response.body as { id: string }).id },
        trace_id: 'now-1',
      },
    ]);
  });

  it('is accepted, too, while the queue is away: the run is stored, and a heartbeat finds it', async () => {
    const away = jest.spyOn(t.app.get(JobQueue), 'addAll').mockRejectedValueOnce(new Error('Command timed out'));
    const response = await runNow(definition);
    away.mockRestore();
    expect([response.status, (response.body as { status: string }).status]).toEqual([202, 'queued']);
  });

  it('leaves no line where nothing runs', async () => {
    const before = await auditLines();
    expect((await runNow(999_999)).status).toBe(404);
    const refused = await runNow(definition).send({ at: '2026-01-01' });
    expect(refused.body).toMatchObject({
      status: 422,
      errors: [{ message: 'There is no field "at" here, nor any other.' }],
    });
    expect(await auditLines()).toEqual(before);
  });
});
