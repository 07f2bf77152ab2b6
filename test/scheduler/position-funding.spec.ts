import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { plainText } from '../../src/domain/money/decimal.js';
import { InstanceChangesService } from '../../src/instances/instance-changes.service.js';
import { PerformanceStore } from '../../src/instances/performance/performance.store.js';
import { POSITION_CLOSER, type PositionCloser } from '../../src/trading/closing/position-closer.js';
import { checkInvariants } from '../../src/invariants/check-invariants.js';
import { PositionMonitor } from '../../src/trading/positions/position-monitor.js';
import { ValuationService } from '../../src/trading/valuation/valuation.service.js';
import { createToldEngine, entry, type ToldEngine } from '../support/told-engine.js';

const MINUTE_MS = 60_000;

describe('funding between runs', () => {
  let engine: ToldEngine;

  beforeEach(async () => {
    engine = await createToldEngine();
    engine.market.daily.funding = 0.0008;
    await engine.addTold();
  });

  async function violated(): Promise<string[]> {
    const results = await checkInvariants(engine.database.dataSource);
    return results.filter(({ violations }) => violations > 0).map(({ name }) => name);
  }

  afterEach(async () => {
    // What funding changes shows in the values at once, and the next valuation finds nothing else.
    expect(await violated()).toEqual([]);
    await engine.app.get(ValuationService).valueAll();
    expect(await violated()).toEqual([]);
    delete engine.market.daily.funding;
    await engine.close();
  });

  /** Ten minutes past an hour. */
  async function open(side: 'long' | 'short'): Promise<void> {
    engine.wish = entry(side, { hold_hours: 1000 });
    engine.clock.advance(10 * MINUTE_MS);
    await engine.tick();
    engine.wish = null;
  }

  async function look(afterMinutes: number): Promise<void> {
    engine.clock.advance(afterMinutes * MINUTE_MS);
    await engine.app.get(PositionMonitor).settleAll();
  }

  async function payments(): Promise<string[]> {
    const rows = await engine.sql<{ asset: string; amount: string }>(
      `SELECT asset, amount FROM ledger_entries WHERE kind = 'funding' ORDER BY id`,
    );
    return rows.map(({ asset, amount }) => `${asset} ${plainText(amount)}`);
  }

  // An eighth of .08 % of 5000 is .5 an hour.
  it('is paid by a long at the end of every hour, once', async () => {
    await open('long');
    await look(49);
    expect(await payments()).toEqual([]);
    await look(1);
    await look(1);
    expect(await payments()).toEqual(['USDC:margin -0.5']);
    const [row] = await engine.sql<{ margin: string; cost: string }>(
      `SELECT margin, cost_basis AS cost FROM positions`,
    );
    expect([plainText(row!.margin), plainText(row!.cost)]).toEqual(['999.5', '1002.25']);
    await look(60);
    expect(await payments()).toHaveLength(2);
  });

  it('is received by a short', async () => {
    await open('short');
    await look(55);
    expect(await payments()).toEqual(['USDC:margin 0.5']);
  });

  it('is made up for when hours were missed, hour by hour', async () => {
    await open('long');
    await look(5 * 60);
    expect(await payments()).toEqual(Array(5).fill('USDC:margin -0.5'));
  });

  it('waits for a rate that is not known', async () => {
    await open('long');
    delete engine.market.daily.funding;
    await look(120);
    expect(await payments()).toEqual([]);
    engine.market.daily.funding = 0.0008;
    await look(1);
    expect(await payments()).toHaveLength(2);
  });

  it("is not computed from another perpetual's rate", async () => {
    await engine.sql(`UPDATE strategy_definitions SET trade_symbol = 'ETH' WHERE name = 'told'`);
    await open('long');
    await look(120);
    expect(await payments()).toEqual([]);
    expect(await engine.sql(`SELECT symbol FROM positions`)).toEqual([{ symbol: 'ETH' }]);
    // An hour of a sixteenth of .08 % of 5000.
    engine.market.otherFunding.set('ETH', 0.0004);
    await look(1);
    expect(await payments()).toEqual(Array(2).fill('USDC:margin -0.25'));
  });

  it('is paid once, however many pay at the same time', async () => {
    await open('long');
    engine.clock.advance(3 * 60 * MINUTE_MS);
    const monitor = engine.app.get(PositionMonitor);
    await Promise.all([monitor.settleAll(), monitor.settleAll(), monitor.settleAll()]);
    expect(await payments()).toHaveLength(3);
  });

  const at = (time: string) => new Date(`2026-01-15T${time}:00Z`);

  /** Moves the clock to a time of the first day. */
  async function lookAt(time: string): Promise<void> {
    await look((at(time).getTime() - engine.clock.now().getTime()) / MINUTE_MS);
  }

  async function decideAt(time: string, wish: ToldEngine['wish']): Promise<void> {
    engine.wish = wish;
    engine.clock.set(at(time));
    await engine.tick();
    engine.wish = null;
  }

  const money = async (): Promise<string[]> => {
    const [row] = await engine.sql<{ cash: string; margin: string | null }>(
      `SELECT p.current_balance AS cash, s.margin FROM portfolios p LEFT JOIN positions s ON s.portfolio_id = p.id`,
    );
    return [row!.cash, row!.margin ?? '0'].map(plainText);
  };

  describe('that was not known when the position was closed', () => {
    const rateComes = () => (engine.market.daily.funding = 0.0008);

    beforeEach(async () => {
      await open('long');
      delete engine.market.daily.funding;
    });

    it('is paid from free cash when it is known, once', async () => {
      await lookAt('13:05');
      await decideAt('14:20', { signal: 'SELL', size: 1 });
      expect(await payments()).toEqual([]);
      expect(await money()).toEqual(['9995.5', '0']);
      await look(1);
      rateComes();
      await look(1);
      await Promise.all([engine.app.get(PositionMonitor).settleAll(), engine.app.get(PositionMonitor).settleAll()]);
      await look(60);
      expect(await payments()).toEqual(['USDC -0.5', 'USDC -0.5']);
      expect(await money()).toEqual(['9994.5', '0']);
      const [row] = await engine.sql<{ pnl: string; value: string }>(
        `SELECT total_pnl AS pnl, total_value AS value FROM portfolios`,
      );
      expect([plainText(row!.pnl), plainText(row!.value)]).toEqual(['-5.5', '9994.5']);
    });

    it('is borne by the venue where the position lost all of its margin', async () => {
      await lookAt('13:05');
      engine.market.priceText = '35000';
      await look(1);
      expect(await money()).toEqual(['8997.75', '0']);
      engine.market.priceText = '50000';
      rateComes();
      await look(1);
      const lines = await engine.sql<{ kind: string; amount: string }>(
        `SELECT kind, amount FROM ledger_entries WHERE trade_id IS NULL AND kind <> 'deposit' ORDER BY id`,
      );
      expect(lines.map(({ kind, amount }) => `${kind} ${plainText(amount)}`)).toEqual([
        'funding -0.5',
        'liquidation 0.5',
      ]);
      expect(await money()).toEqual(['8997.75', '0']);
    });

    it('is no matter of the position that was opened after it', async () => {
      await decideAt('13:20', { signal: 'SELL', size: 1 });
      await decideAt('13:40', entry('short', { hold_hours: 1000 }));
      rateComes();
      await lookAt('14:05');
      // The long's hour from free cash; the short's into its margin.
      expect(await payments()).toEqual(['USDC -0.5', 'USDC:margin 0.5']);
    });

    it('is of both sides when one order turned the position', async () => {
      await decideAt('13:20', entry('short', { hold_hours: 1000 }));
      rateComes();
      await lookAt('14:05');
      expect(await payments()).toEqual(['USDC -0.5', 'USDC:margin 0.5']);
    });

    it('is of what was held at each hour when a part was sold since', async () => {
      await decideAt('13:20', { signal: 'SELL', size: 0.5 });
      rateComes();
      await lookAt('14:05');
      expect(await payments()).toEqual(['USDC:margin -0.5', 'USDC:margin -0.25']);
    });

    it('is paid for an instance that was archived with its close', async () => {
      engine.clock.set(at('13:20'));
      const [{ id }] = (await engine.sql<{ id: string }>(`SELECT id FROM portfolios`)) as [{ id: string }];
      const closer = engine.app.get<PositionCloser>(POSITION_CLOSER, { strict: false });
      await engine.database.dataSource.transaction((manager) =>
        closer.closePositions(manager, id, { price: '50000', hourVolume: null }, 'closed_by_owner', engine.clock.now()),
      );
      await engine.sql(`UPDATE portfolios SET is_active = false, archived_at = $1`, engine.clock.now());
      rateComes();
      await lookAt('13:30');
      expect(await payments()).toEqual(['USDC -0.5']);
    });

    it('waits until free cash can pay it', async () => {
      await decideAt('13:20', { signal: 'SELL', size: 1 });
      const move = (amount: string) =>
        engine.sql(
          `WITH moved AS (UPDATE portfolios SET current_balance = current_balance + $1, total_value = total_value + $1 RETURNING id)
           INSERT INTO ledger_entries (portfolio_id, asset, amount, kind, occurred_at)
           SELECT id, 'USDC', $1, 'withdrawal', $2 FROM moved`,
          amount,
          engine.clock.now(),
        );
      engine.clock.set(at('13:30'));
      await move('-9995.4');
      rateComes();
      await lookAt('13:31');
      expect(await payments()).toEqual([]);
      await move('9995.4');
      await lookAt('13:32');
      expect(await payments()).toEqual(['USDC -0.5']);
    });
  });

  it('of one hour that is not known keeps no other hour from being paid', async () => {
    await open('long');
    engine.market.missing.add('1h 2026-01-15T13:00:00.000Z');
    await lookAt('15:05');
    const paid = () =>
      engine.sql<{ hour: number }>(
        `SELECT extract(hour FROM hour AT TIME ZONE 'UTC')::integer AS hour FROM funding_hours WHERE settled_at IS NOT NULL
         ORDER BY settled_at, hour`,
      );
    expect(await paid()).toEqual([{ hour: 14 }, { hour: 15 }]);
    engine.market.missing.clear();
    await look(1);
    expect(await paid()).toEqual([{ hour: 14 }, { hour: 15 }, { hour: 13 }]);
    expect(await payments()).toHaveLength(3);
  });

  it('of an hour that nothing becomes known of is given up after 14 days, for everybody to see', async () => {
    await open('long');
    engine.market.missing.add('1h 2026-01-15T13:00:00.000Z');
    const states = async () => {
      const [{ id }] = (await engine.sql<{ id: string }>(`SELECT id FROM portfolios`)) as [{ id: string }];
      const store = engine.app.get(PerformanceStore, { strict: false });
      return (await store.performances([id], engine.clock.now())).get(id)!.fundingHours;
    };
    await lookAt('15:05');
    await look(14 * 24 * 60 - 125);
    expect(await states()).toEqual({ owed: 1, givenUp: 0 });
    await look(1);
    expect(await states()).toEqual({ owed: 0, givenUp: 1 });
    engine.market.missing.clear();
    await look(1);
    expect(await states()).toEqual({ owed: 0, givenUp: 1 });
  });

  it.each([
    ['12:45', []],
    ['13:00', ['USDC:margin -0.5']],
    ['13:45', ['USDC:margin -0.5']],
  ])('is not paid for hours after the candle of %s, which stopped the position', async (opens, paid) => {
    await open('long');
    const openTime = at(opens).getTime();
    engine.market.script = [
      {
        openTime,
        closeTime: openTime + 15 * MINUTE_MS,
        open: 50_000,
        high: 50_000,
        low: 48_900,
        close: 50_000,
        volume: 1_000_000,
      },
    ];
    await lookAt('16:05');
    expect(await engine.sql(`SELECT kind FROM position_exits`)).toEqual([{ kind: 'stop_loss' }]);
    expect(await payments()).toEqual(paid);
    expect(await engine.sql(`SELECT 1 FROM funding_hours WHERE settled_at IS NULL`)).toEqual([]);
  });

  it('is paid for the hours up to the archiving of an instance that keeps its position, and for none after it', async () => {
    await open('long');
    await lookAt('13:05');
    const [row] = await engine.sql<{ id: string; user_id: string }>(`SELECT id, user_id FROM portfolios`);
    engine.clock.set(at('15:20'));
    const viewer = { id: row!.user_id, email: 'a@b.c', full_name: null, role: 'trader' } as const;
    const by = { actor: viewer, trace_id: 'archived' };
    const request = { id: row!.id, viewer, by, precondition: () => undefined };
    await engine.app.get(InstanceChangesService, { strict: false }).archive(request, false);
    await look(1);
    await look(3 * 60);
    expect(await payments()).toEqual(Array(3).fill('USDC:margin -0.5'));
    expect(await money()).toEqual(['8997.75', '998.5']);
  });

  it('is part of the result of the trade that closes the position, and paid before it', async () => {
    await open('long');
    engine.wish = { signal: 'SELL', size: 1 };
    engine.clock.advance(60 * MINUTE_MS);
    await engine.tick();
    const [row] = await engine.sql<{ pnl: string }>(`SELECT realized_pnl AS pnl FROM trades ORDER BY id DESC LIMIT 1`);
    // Two fees of 2.25 and one hour.
    expect(plainText(row!.pnl)).toBe('-5');
  });
});
