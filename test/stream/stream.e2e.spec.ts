import type { AddressInfo } from 'node:net';
import { request, type Server } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { EventStore } from '../../src/stream/events/event.store.js';
import { ValuationService } from '../../src/trading/valuation/valuation.service.js';
import { createTestApp, type TestApp, type TestUser } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { happenings, listen, ticketFor, type EventStream, type StreamEvent } from '../support/event-stream.js';
import { runNow } from '../support/runs.js';
import { as, createDefinition, createInstance, STRATEGIES } from '../support/strategies.js';

describe('the stream of events', () => {
  let t: TestApp;
  let url: string;
  let users: Record<'user' | 'owner' | 'other' | 'admin', TestUser>;
  let definitionId: number;
  const open: EventStream[] = [];

  beforeAll(async () => {
    t = await createTestApp();
    url = `http://127.0.0.1:${((t.app.getHttpServer() as Server).address() as AddressInfo).port}`;
    users = {
      user: await t.signUp('user'),
      owner: await t.signUp('trader'),
      other: await t.signUp('trader'),
      admin: await t.signUp('admin'),
    };
    definitionId = await createDefinition(t, users.admin);
  });

  afterEach(async () => {
    for (const stream of open.splice(0)) await stream.close();
  });

  afterAll(() => t.close());

  /**
   * What has been made can be told: a stream waits for transactions that began before, in any database of the server, and
   * the tests beside this one have some.
   */
  async function settled(): Promise<void> {
    const { dataSource } = t.database;
    const [made] = await dataSource.query<{ xid: string }[]>(`SELECT pg_current_xact_id()::text AS xid`);
    await eventually('the transactions before', async () => {
      const [row] = await dataSource.query<{ past: boolean }[]>(
        `SELECT pg_snapshot_xmin(pg_current_snapshot()) > $1::xid8 AS past`,
        [made!.xid],
      );
      return row!.past || null;
    });
  }

  async function listening(who: TestUser, options: Parameters<typeof listen>[2] = {}): Promise<EventStream> {
    await settled();
    const stream = await listen(url, who.token, options);
    open.push(stream);
    if (stream.status === 200) await stream.next('the first event', () => true);
    return stream;
  }

  const isOf =
    (type: string, field: string, value: unknown) =>
    (event: StreamEvent): boolean =>
      event.type === type && event.data[field] === value;
  const typesOf = (stream: EventStream): string[] => happenings(stream.events).map(({ type }) => type);

  /** Something that everybody hears of, so that what came before it has come, or never will. */
  async function markEnd(...streams: EventStream[]): Promise<void> {
    const { id } = await createInstance(t, users.admin, definitionId);
    for (const stream of streams) await stream.next('the mark', isOf('strategy.changed', 'strategy_id', id));
  }

  it('tells of ticks, ends of runs, changes of strategies, and to each their own executions', async () => {
    const { id } = await createInstance(t, users.owner, definitionId);
    const streams = {
      user: await listening(users.user),
      owner: await listening(users.owner),
      other: await listening(users.other),
    };
    const run = await runNow(t, definitionId);
    for (const stream of Object.values(streams)) {
      const tick = await stream.next('the tick', isOf('definition.tick', 'run_id', run));
      expect(tick.data).toEqual({
        strategy_definition_id: definitionId,
        run_id: run,
        scheduled_for: expect.stringMatching(/Z$/),
      });
      const end = await stream.next('the end', isOf('run.finished', 'run_id', run));
      expect(Object.keys(end.data).sort()).toEqual(['finished_at', 'run_id', 'strategy_definition_id']);
    }
    const recorded = await streams.owner.next('the execution', ({ type }) => type === 'executions.recorded');
    const [execution] = await t.database.dataSource.query<{ id: string }[]>(
      `SELECT id FROM strategy_executions WHERE run_id = $1 AND portfolio_id = $2`,
      [run, id],
    );
    expect(recorded.data).toEqual({
      strategy_definition_id: definitionId,
      run_id: run,
      executions: [{ id: execution!.id, strategy_id: id }],
    });
    const response = await as(t.http.patch(`${STRATEGIES}/${String(id)}`), users.owner).send({
      instance_name: 'Other',
    });
    expect(response.status).toBe(200);
    for (const stream of Object.values(streams)) {
      const changed = await stream.next('the change', isOf('strategy.changed', 'strategy_id', id));
      expect(changed.data).toEqual({ strategy_id: id, strategy_definition_id: definitionId, version: 2 });
    }
    expect(typesOf(streams.user)).toEqual(['definition.tick', 'run.finished', 'strategy.changed']);
    expect(typesOf(streams.other)).toEqual(['definition.tick', 'run.finished', 'strategy.changed']);
    expect(typesOf(streams.owner)).toEqual([
      'definition.tick',
      'executions.recorded',
      'run.finished',
      'strategy.changed',
    ]);
  });

  it('tells of values that changed without a run, to those who may read runs', async () => {
    const hidden = await createDefinition(t, users.admin);
    const shown = await createDefinition(t, users.admin);
    const { id } = await createInstance(t, users.owner, hidden);
    await as(t.http.patch(`${STRATEGIES}/${String(id)}`), users.owner).send({ is_active: false });
    await createInstance(t, users.owner, shown);
    const [user, trader] = [await listening(users.user), await listening(users.other)];
    // Due for a snapshot, so that they are valued whatever the price.
    await t.database.dataSource.query(`UPDATE portfolios SET last_snapshot_at = NULL`);
    await t.app.get(ValuationService).valueAll();
    await markEnd(user, trader);
    const of = (stream: EventStream) =>
      happenings(stream.events)
        .filter(({ type }) => type === 'strategies.valued')
        .map(({ data }) => data);
    const event = (strategy_definition_id: number) => ({
      strategy_definition_id,
      valued_at: expect.stringMatching(/Z$/),
    });
    expect(of(trader)).toEqual(expect.arrayContaining([event(hidden), event(shown)]));
    expect(of(user)).toContainEqual(event(shown));
    expect(of(user)).not.toContainEqual(event(hidden));
  });

  it('never tells a user of what they may not see: a stopped strategy of somebody, runs behind it', async () => {
    const hidden = await createDefinition(t, users.admin);
    const { id } = await createInstance(t, users.owner, hidden);
    await as(t.http.patch(`${STRATEGIES}/${String(id)}`), users.owner).send({ is_active: false });
    const user = await listening(users.user);
    const trader = await listening(users.other);
    await as(t.http.patch(`${STRATEGIES}/${String(id)}`), users.owner).send({ instance_name: 'Nobody knows' });
    await runNow(t, hidden);
    await markEnd(user, trader);
    expect(typesOf(user)).toEqual(['strategy.changed']);
    expect(typesOf(trader)).toEqual(['strategy.changed', 'definition.tick', 'run.finished', 'strategy.changed']);
    expect(JSON.stringify(user.events)).not.toContain(String(id));
  });

  it('goes on where somebody was, without loss and without telling anything twice', async () => {
    const first = await listening(users.owner);
    await runNow(t, definitionId);
    await markEnd(first);
    await first.close();
    const [whole, ...rest] = happenings(first.events);
    await runNow(t, definitionId);
    const again = await listening(users.owner, { lastEventId: whole!.id });
    await markEnd(again);
    expect(again.events[0]!.type).toBe('ready');
    const told = happenings(again.events).map(({ id }) => id);
    expect(told.slice(0, rest.length)).toEqual(rest.map(({ id }) => id));
    expect(told.length).toBeGreaterThan(rest.length + 2);
    expect(new Set(told).size).toBe(told.length);
  });

  it('tells what was recorded first only when it is there, though what came later was there before', async () => {
    const { dataSource } = t.database;
    const { id } = await createInstance(t, users.owner, definitionId);
    const { id: later } = await createInstance(t, users.owner, definitionId);
    const stream = await listening(users.owner);
    const before = stream.events.length;
    const isLater = isOf('strategy.changed', 'strategy_id', later);
    const slow = dataSource.createQueryRunner();
    await slow.startTransaction();
    try {
      await slow.query(`UPDATE portfolios SET version = version + 1 WHERE id = $1`, [id]);
      await as(t.http.patch(`${STRATEGIES}/${String(later)}`), users.owner).send({ instance_name: 'Quick' });
      // Two looks at least: the quick one is there, and waits for the slow one.
      await new Promise((resolve) => setTimeout(resolve, 2500));
      expect(stream.events.slice(before).filter(isLater)).toEqual([]);
    } finally {
      await slow.commitTransaction();
      await slow.release();
    }
    await eventually('the later one', async () => stream.events.slice(before).find(isLater));
    expect(happenings(stream.events.slice(before)).map(({ data }) => data['strategy_id'])).toEqual([id, later]);
  });

  it('says reset to a client that was away for too long, and to one that comes from another database', async () => {
    const first = await listening(users.owner);
    const { id: place } = first.events[0]!;
    await markEnd(first);
    await markEnd(first);
    await first.close();
    const store = t.app.get(EventStore);
    await store.remove(new Date(Date.now() + 60_000), await store.horizon());
    const late = await listening(users.owner, { lastEventId: place });
    expect(late.events[0]!.type).toBe('reset');
    const foreign = await listening(users.owner, { lastEventId: `${2n ** 62n}-1` });
    expect(foreign.events[0]!.type).toBe('reset');
    const newest = await listening(users.owner, { lastEventId: late.events[0]!.id });
    expect(newest.events[0]!.type).toBe('ready');
    await markEnd(late, foreign, newest);
  });

  it('opens for a ticket once, for half a minute, and for nothing else', async () => {
    const ticket = await ticketFor(url, users.owner.token);
    expect((await listening(users.owner, { ticket })).status).toBe(200);
    for (const wrong of [ticket, '', 'x', users.owner.token]) {
      const refused = await listening(users.owner, { ticket: wrong });
      expect([refused.status, refused.problem.code]).toEqual([401, 'invalid_ticket']);
    }
    const old = await ticketFor(url, users.owner.token);
    // By more than the program's reading of the database's clock can be wrong on a busy machine.
    await t.database.dataSource.query(`UPDATE stream_tickets SET expires_at = now() - interval '1 minute'`);
    expect((await listening(users.owner, { ticket: old })).status).toBe(401);
    const stored = await t.database.dataSource.query<object[]>(`SELECT * FROM stream_tickets`);
    expect(JSON.stringify(stored)).not.toContain(ticket);
  });

  it('refuses an id that is none of its own', async () => {
    const refused = await listening(users.owner, { lastEventId: 'one' });
    expect([refused.status, refused.problem.code]).toEqual([400, 'bad_last_event_id']);
    const ticket = await ticketFor(url, users.owner.token);
    const { status } = await t.http.get(`/api/v1/stream?ticket=${ticket}&last_event_id=one`);
    expect(status).toBe(400);
  });

  it('answers HEAD and ends', async () => {
    const ticket = await ticketFor(url, users.owner.token);
    const { status, headers } = await t.http.head(`/api/v1/stream?ticket=${ticket}`);
    expect([status, headers['content-type']]).toEqual([200, 'text/event-stream; charset=utf-8']);
  });

  it('is neither kept nor held back on the way', async () => {
    const { headers } = await listening(users.owner);
    expect(headers['cache-control']).toBe('no-store, no-transform');
    expect(headers['x-accel-buffering']).toBe('no');
    expect(headers['content-encoding']).toBeUndefined();
  });

  it('has five of a user at once, and the next when one has gone', async () => {
    const several = [];
    for (let times = 0; times < 5; times++) several.push(await listening(users.other));
    const refused = await listening(users.other);
    expect([refused.status, refused.problem.code, refused.headers['retry-after']]).toEqual([
      429,
      'too_many_streams',
      '10',
    ]);
    expect((await listening(users.owner)).status).toBe(200);
    await several[0]!.close();
    await markEnd(several[1]!);
    expect((await listening(users.other)).status).toBe(200);
  });

  it('does not count a client that has gone before its stream began', async () => {
    const { dataSource } = t.database;
    const hasty = await t.signUp('trader');
    const first = await listening(hasty);
    const { id: place } = first.events[0]!;
    await first.close();
    const blocking = dataSource.createQueryRunner();
    await blocking.startTransaction();
    const waiting = async (): Promise<number> => {
      const [row] = await dataSource.query<{ count: number }[]>(
        `SELECT count(*)::integer AS count FROM pg_locks l JOIN pg_database d ON d.oid = l.database
         WHERE NOT l.granted AND l.relation = 'stream_events'::regclass AND d.datname = current_database()`,
      );
      return row!.count;
    };
    try {
      // What is kept is looked up before a stream begins: it takes until the lock is gone.
      await blocking.query(`LOCK TABLE stream_events IN ACCESS EXCLUSIVE MODE`);
      const asked = [];
      for (let times = 0; times < 2; times++) {
        const ticket = await ticketFor(url, hasty.token);
        const headers = { 'last-event-id': place };
        const sent = request(`${url}/api/v1/stream?ticket=${ticket}`, { headers, agent: false });
        sent.on('error', () => undefined);
        sent.end();
        asked.push(sent);
      }
      await eventually('both wait', async () => ((await waiting()) >= 2 ? true : null));
      const server = t.app.getHttpServer() as Server;
      const connections = (): Promise<number> =>
        new Promise((resolve) => server.getConnections((_error, count) => resolve(count)));
      const before = await connections();
      for (const sent of asked) sent.destroy();
      await eventually('both have gone', async () => ((await connections()) <= before - 2 ? true : null));
    } finally {
      await blocking.rollbackTransaction();
      await blocking.release();
    }
    await eventually('nobody waits', async () => ((await waiting()) === 0 ? true : null));
    const statuses = [];
    for (let times = 0; times < 5; times++) statuses.push((await listening(hasty)).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200]);
  });

  it('ends with its session, and only with its own', async () => {
    const leaver = await t.signUp('trader');
    const leaving = await listening(leaver);
    const staying = await listening(users.owner);
    await t.database.dataSource.query(`UPDATE refresh_tokens SET revoked_at = now() WHERE user_id = $1`, [leaver.id]);
    await leaving.ended;
    expect(leaving.events.at(-1)).toMatchObject({ type: 'end', data: { reason: 'signed_out' } });
    const expiring = await t.signUp('trader');
    const expired = await listening(expiring);
    await t.database.dataSource.query(`UPDATE refresh_tokens SET expires_at = now() WHERE user_id = $1`, [expiring.id]);
    await expired.ended;
    await markEnd(staying);
    expect(staying.events.some(({ type }) => type === 'end')).toBe(false);
  });

  it('shows no more than a new role may see, and ends for a user who is switched off', async () => {
    const sinking = await t.signUp('trader');
    const { id } = await createInstance(t, users.owner, definitionId);
    await as(t.http.patch(`${STRATEGIES}/${String(id)}`), users.owner).send({ is_active: false });
    const stream = await listening(sinking);
    await t.database.dataSource.query(`UPDATE users SET role = 'user' WHERE id = $1`, [sinking.id]);
    // Within 5 s it counts everywhere; this is after the look that notices.
    await new Promise((resolve) => setTimeout(resolve, 4500));
    await as(t.http.patch(`${STRATEGIES}/${String(id)}`), users.owner).send({ instance_name: 'Hidden' });
    await markEnd(stream);
    expect(JSON.stringify(stream.events)).not.toContain(String(id));
    await t.database.dataSource.query(`UPDATE users SET is_active = false WHERE id = $1`, [sinking.id]);
    await stream.ended;
    expect(stream.events.at(-1)).toMatchObject({ type: 'end', data: { reason: 'signed_out' } });
  });
});
