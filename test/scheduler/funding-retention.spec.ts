import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readMonth } from '../../src/domain/schedule/month.js';
import { prune } from '../../src/retention/month-pruning.js';
import { checkInvariants } from '../../src/invariants/check-invariants.js';
import { PositionMonitor } from '../../src/trading/positions/position-monitor.js';
import { createToldEngine, entry, type ToldEngine } from '../support/told-engine.js';

/** A long and a short that were open over the end of January, with hours that wait for their rate. */
describe('hours of funding of months that are not kept', () => {
  let engine: ToldEngine;

  beforeEach(async () => {
    engine = await createToldEngine();
    engine.market.daily.funding = 0.0008;
    await engine.addTold(2);
    await goTo('2026-01-30T12:00:00Z');
  });

  afterEach(async () => {
    delete engine.market.daily.funding;
    await engine.close();
  });

  async function goTo(time: string): Promise<void> {
    engine.clock.set(new Date(time));
    await engine.app.get(PositionMonitor).settleAll();
  }

  async function decideAt(time: string, wish: ToldEngine['wish']): Promise<void> {
    engine.wish = wish;
    engine.clock.set(new Date(time));
    await engine.tick();
    engine.wish = null;
  }

  async function violated(): Promise<string[]> {
    const results = await checkInvariants(engine.database.dataSource);
    return results.filter(({ violations }) => violations > 0).map(({ name }) => name);
  }

  const hours = () =>
    engine.sql<{ hour: string; settled: string | null; count: number }>(
      `SELECT to_char(hour AT TIME ZONE 'UTC', 'MM-DD HH24') AS hour,
         to_char(settled_at AT TIME ZONE 'UTC', 'MM-DD HH24:MI') AS settled, count(*)::integer AS count
       FROM funding_hours f WHERE f.hour < '2026-02-01 02:00Z' GROUP BY f.hour, settled_at ORDER BY f.hour`,
    );
  const closed = () => engine.sql<{ n: number }>(`SELECT count(*)::integer AS n FROM closed_positions`);

  it('go with the months, but for what is owed or was settled later, and the invariants hold', async () => {
    await decideAt('2026-01-31T10:10:00Z', entry('long', { hold_hours: 2000 }));
    await goTo('2026-01-31T20:05:00Z');
    // Closed while an hour is owed whose price is not known.
    engine.market.missing.add('1h 2026-01-31T21:00:00.000Z');
    await decideAt('2026-01-31T21:30:00Z', { signal: 'SELL', size: 1 });
    await decideAt('2026-01-31T22:10:00Z', entry('short', { hold_hours: 2000 }));
    engine.market.missing.add('1h 2026-01-31T23:00:00.000Z');
    await goTo('2026-02-01T01:05:00Z');
    engine.market.missing.delete('1h 2026-01-31T23:00:00.000Z');
    await goTo('2026-02-01T02:05:00Z');
    expect(await violated()).toEqual([]);
    const ledger = () => engine.sql(`SELECT * FROM ledger_entries ORDER BY id`);
    const before = await ledger();

    await prune(engine.database.url, readMonth('2026-02')!);

    expect(await hours()).toEqual([
      { hour: '01-31 21', settled: null, count: 2 },
      { hour: '01-31 23', settled: '02-01 02:05', count: 2 },
      { hour: '02-01 00', settled: '02-01 01:05', count: 2 },
      { hour: '02-01 01', settled: '02-01 01:05', count: 2 },
    ]);
    expect(await ledger()).toEqual(before);
    expect(await closed()).toEqual([{ n: 2 }]);
    expect(await violated()).toEqual([]);
    // What is owed is paid when its price comes, and then goes with its month.
    engine.market.missing.clear();
    await goTo('2026-02-01T03:05:00Z');
    expect(await violated()).toEqual([]);
    expect((await ledger()).length).toBeGreaterThan(before.length);
    await engine.sql(`SELECT ensure_month_partitions('2026-03-01')`);
    await prune(engine.database.url, readMonth('2026-03')!);
    expect(await hours()).toEqual([]);
    expect(await closed()).toEqual([{ n: 0 }]);
    expect(await violated()).toEqual([]);
  });

  it('that were given up go with the month in which they were', async () => {
    await decideAt('2026-01-31T10:10:00Z', entry('long', { hold_hours: 2000 }));
    engine.market.missing.add('1h 2026-01-31T12:00:00.000Z');
    await goTo('2026-01-31T13:05:00Z');
    await goTo('2026-02-14T13:05:00Z');
    const given = () => engine.sql<{ n: number }>(`SELECT count(given_up_at)::integer AS n FROM funding_hours`);
    await prune(engine.database.url, readMonth('2026-02')!);
    expect(await given()).toEqual([{ n: 2 }]);
    await prune(engine.database.url, readMonth('2026-03')!);
    expect(await given()).toEqual([{ n: 0 }]);
    expect(await violated()).toEqual([]);
  });
});
