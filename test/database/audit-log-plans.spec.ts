import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuditLogStore, type AuditFilter } from '../../src/admin/audit-log/audit-log.store.js';
import { explainStatements } from '../../tools/bench/plans/explain-statements.js';
import { summaryOf, type PlanSummary } from '../../tools/bench/plans/plan-summary.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

const LINES = 20_000;
const SHOWN = 51;
const ACTOR = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

const EVERYTHING: AuditFilter = {
  action: null,
  actorId: null,
  actorEmail: null,
  targetType: null,
  targetId: null,
  from: null,
  to: null,
};

describe('the audit log', () => {
  let database: TestDatabase;
  let store: AuditLogStore;

  beforeAll(async () => {
    database = await createTestDatabase();
    store = new AuditLogStore(database.dataSource);
    // Two lines in each millisecond, so that the id must decide.
    await database.dataSource.query(
      `INSERT INTO audit_log (occurred_at, actor_id, actor_email, action, target_type, target_id, after)
       SELECT timestamptz '2026-01-01Z' + (i / 2) * interval '1 millisecond',
         ('00000000-0000-4000-8000-' || lpad((i % 200)::text, 12, '0'))::uuid, 'user-' || i % 200 || '@conclave.test',
         'action.' || i % 40, 'type-' || i % 20, 'thing-' || i % 1000, '{}'
       FROM generate_series(1, $1) AS i`,
      [LINES],
    );
    await database.dataSource.query(`INSERT INTO audit_log (occurred_at, action, target_type, target_id)
      VALUES ('2025-01-01Z', 'action.rare', 'type-rare', 'thing-rare')`);
    await database.dataSource.query('ANALYZE audit_log');
  });

  afterAll(() => database.close());

  async function planOf(filter: Partial<AuditFilter>, before: string | null = null): Promise<PlanSummary> {
    const plans: PlanSummary[] = [];
    const stop = explainStatements(database.dataSource, (_statement, plan) => plans.push(summaryOf(plan)));
    try {
      await store.list({ ...EVERYTHING, ...filter }, before, SHOWN);
    } finally {
      stop();
    }
    expect(plans).toHaveLength(1);
    return plans[0]!;
  }

  const middle = async (): Promise<string> => {
    const [row] = await database.dataSource.query<{ id: string }[]>(
      `SELECT id FROM audit_log ORDER BY occurred_at, id OFFSET $1 LIMIT 1`,
      [LINES / 2],
    );
    return row!.id;
  };

  it.each<[string, Partial<AuditFilter>]>([
    ['time', {}],
    ['time', { to: new Date('2026-01-01T00:00:02Z') }],
    ['time', { from: new Date('2025-01-01Z'), to: new Date('2025-12-31Z') }],
    ['action', { action: 'action.7' }],
    ['action', { action: 'action.rare' }],
    ['action', { action: 'action.never' }],
    ['actor_id', { actorId: ACTOR(7) }],
    ['actor_email', { actorEmail: 'user-7@conclave.test' }],
    ['target_type', { targetType: 'type-rare' }],
    ['target_id', { targetId: 'thing-7' }],
  ])('is read from the index of %s, no more of it than a page needs, for %j', async (index, filter) => {
    for (const before of [null, await middle()]) {
      const plan = await planOf(filter, before);
      expect(plan.reads.filter((read) => read !== 'index pk_audit_log')).toEqual([`index ix_audit_log_${index}`]);
      expect(plan.pages).toBeLessThan(4 * SHOWN);
    }
  });

  it('goes on after a cursor with the next line, also within a millisecond', async () => {
    const whole = await store.list(EVERYTHING, null, 100);
    const pages = [await store.list(EVERYTHING, null, 33)];
    for (let page = 1; page < 3; page++) pages.push(await store.list(EVERYTHING, pages.at(-1)!.at(-1)!.id, 33));
    expect(pages.flat().map(({ id }) => id)).toEqual(whole.slice(0, 99).map(({ id }) => id));
  });
});
