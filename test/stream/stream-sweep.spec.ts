import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createLogger } from '../../src/platform/logging/logger.js';
import { EventStore, KEPT_MS, type Position } from '../../src/stream/events/event.store.js';
import { StreamSweep } from '../../src/stream/stream-sweep.js';
import { TicketsStore } from '../../src/stream/tickets/tickets.store.js';
import { testConfig } from '../support/config.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';

const BEGIN: Position = { xid: 0n, id: 0n };

describe('the sweep of events', () => {
  let database: TestDatabase;
  let store: EventStore;
  let sweep: StreamSweep;

  beforeAll(async () => {
    database = await createTestDatabase();
    store = new EventStore(database.dataSource);
  });

  beforeEach(async () => {
    await database.dataSource.query(`DELETE FROM stream_events`);
    const tickets = new TicketsStore(database.dataSource);
    sweep = new StreamSweep(store, tickets, { now: () => new Date() }, createLogger(testConfig(database.appUrl)));
  });

  afterAll(() => database.close());

  /** Records an event of a time ago, in a transaction of its own. @returns its id. */
  async function record(ago: string): Promise<string> {
    const [row] = await database.dataSource.query<{ id: string }[]>(
      `INSERT INTO stream_events (kind, definition_id, occurred_at) VALUES ('valuation', 1, now() - $1::interval)
       RETURNING id`,
      [ago],
    );
    return row!.id;
  }

  async function kept(): Promise<string[]> {
    const rows = await database.dataSource.query<{ id: string }[]>(`SELECT id FROM stream_events ORDER BY id`);
    return rows.map(({ id }) => id);
  }

  const idsAfter = async (place: Position): Promise<string[]> =>
    (await store.after(place)).events.map(({ position }) => String(position.id));

  /** What can be told is told within a second. Transactions of other databases of the server are waited for, too. */
  const canBeTold = (id: string) =>
    eventually('the event can be told', async () => {
      return (await idsAfter(BEGIN)).includes(id) ? true : null;
    });

  it('removes what is older than an hour and has been told, but for the newest of it', async () => {
    const [, newest, young] = [await record('3 hours'), await record('2 hours'), await record('1 minute')];
    await canBeTold(young);
    await sweep.sweep();
    await sweep.sweep();
    expect(await kept()).toEqual([newest, young]);
  });

  it('removes nothing of what a stream has just been promised', async () => {
    const ids = [await record('4 hours'), await record('3 hours'), await record('2 hours'), await record('1 minute')];
    await canBeTold(ids[3]!);
    await sweep.sweep();
    const since = new Date(Date.now() - KEPT_MS);
    const places = (await store.after(BEGIN)).events.map(({ position }) => position);
    const promised: string[][] = [];
    for (const place of places) if (await store.isStored(place, since)) promised.push(await idsAfter(place));
    await sweep.sweep();
    expect(promised).toEqual([[ids[3]], []]);
    expect([await idsAfter(places[2]!), await idsAfter(places[3]!)]).toEqual(promised);
  });

  it('removes nothing before it has been told, however long a transaction before it takes', async () => {
    const slow = database.dataSource.createQueryRunner();
    await slow.startTransaction();
    let ids: string[];
    try {
      await slow.query(`SELECT pg_current_xact_id()`);
      ids = [await record('3 hours'), await record('2 hours')];
      await sweep.sweep();
      await sweep.sweep();
    } finally {
      await slow.commitTransaction();
      await slow.release();
    }
    await canBeTold(ids[1]!);
    // It may come between that moment and the look that tells.
    await sweep.sweep();
    expect(await kept()).toEqual(ids);
    await sweep.sweep();
    expect(await kept()).toEqual([ids[1]]);
  });

  it('removes nothing young when the table came from a server whose transactions had larger numbers', async () => {
    await database.dataSource.query(
      `INSERT INTO stream_events (xid, kind, definition_id, occurred_at)
       VALUES ((pg_current_xact_id()::text)::bigint + 1000000000, 'valuation', 1, now() - interval '1 day')`,
    );
    const young = await record('1 minute');
    await canBeTold(young);
    await sweep.sweep();
    await sweep.sweep();
    expect(await kept()).toContain(young);
  });
});
