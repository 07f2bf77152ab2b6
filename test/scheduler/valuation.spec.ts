import { afterEach, describe, expect, it } from '@jest/globals';
import { Money } from '../../src/domain/money/decimal.js';
import { advanceDrawdown } from '../../src/domain/portfolio/performance.js';
import { totalValueOf } from '../../src/domain/trading/held-position.js';
import { checkInvariants } from '../../src/invariants/check-invariants.js';
import { ValuationService } from '../../src/trading/valuation/valuation.service.js';
import { createTestEngine, type TestEngine } from '../support/engine.js';
import { FixedMarket } from '../support/fixed-market.js';
import { ALWAYS_BUY } from '../support/params.js';
import { countStatements } from '../support/statement-counter.js';

describe('valuation between runs', () => {
  let engine: TestEngine;

  afterEach(() => engine.close());

  async function start(instances: number): Promise<FixedMarket> {
    const market = new FixedMarket('100000');
    engine = await createTestEngine({ source: market });
    await engine.addInstances(instances, { params: ALWAYS_BUY });
    await engine.tick();
    return market;
  }

  async function portfolio() {
    const [row] = await engine.database.dataSource.query<
      {
        current_balance: string;
        total_value: string;
        total_pnl: string;
        initial_balance: string;
        peak_value: string;
        max_drawdown: number;
        quantity: string;
      }[]
    >(`SELECT p.*, s.quantity FROM portfolios p JOIN positions s ON s.portfolio_id = p.id LIMIT 1`);
    return row!;
  }

  it.each(['103217.77', '87654.321', '99999.999999999'])(
    'agrees with the domain’s formulas at a price of %s',
    async (price) => {
      const market = await start(1);
      const before = await portfolio();
      market.priceText = price;
      engine.clock.advance(3_600_000);
      await engine.app.get(ValuationService).valueAll();
      const after = await portfolio();

      const value = totalValueOf(new Money(before.current_balance), new Money(before.quantity), new Money(price));
      const drawdown = advanceDrawdown(
        { peakValue: new Money(before.peak_value), maxDrawdown: before.max_drawdown },
        value,
      );
      expect(new Money(after.total_value).toFixed()).toBe(value.toFixed());
      expect(new Money(after.total_pnl).toFixed()).toBe(value.sub(before.initial_balance).toFixed());
      expect(new Money(after.peak_value).toFixed()).toBe(drawdown.peakValue.toFixed());
      expect(after.max_drawdown).toBeCloseTo(drawdown.maxDrawdown, 12);
      const violated = (await checkInvariants(engine.database.dataSource)).filter((result) => result.violations > 0);
      expect(violated).toEqual([]);
    },
  );

  it('takes a snapshot of an instance that had none for an hour, and not before', async () => {
    await start(1);
    const snapshots = async () => {
      const [row] = await engine.database.dataSource.query<{ n: number }[]>(
        `SELECT count(*)::integer AS n FROM portfolio_snapshots`,
      );
      return row!.n;
    };
    const atStart = await snapshots();
    engine.clock.advance(59 * 60_000);
    await engine.app.get(ValuationService).valueAll();
    expect(await snapshots()).toBe(atStart);
    engine.clock.advance(60_000);
    await engine.app.get(ValuationService).valueAll();
    expect(await snapshots()).toBe(atStart + 1);
  });

  it('moves the drawdown on only with a snapshot, so that it can be computed from them', async () => {
    const market = await start(1);
    const before = await portfolio();
    market.priceText = '80000';
    engine.clock.advance(60_000);
    await engine.app.get(ValuationService).valueAll();
    const between = await portfolio();
    expect(between.total_value).not.toBe(before.total_value);
    expect(between.max_drawdown).toBe(before.max_drawdown);
    engine.clock.advance(3_600_000);
    await engine.app.get(ValuationService).valueAll();
    const [fromSnapshots] = await engine.database.dataSource.query<{ drawdown: number }[]>(
      `SELECT max(1 - total_value / peak)::double precision AS drawdown FROM (
         SELECT total_value, greatest(10000, max(total_value) OVER (ORDER BY taken_at)) AS peak FROM portfolio_snapshots) curve`,
    );
    expect((await portfolio()).max_drawdown).toBeCloseTo(fromSnapshots!.drawdown, 12);
  });

  it('lets the next run take the snapshot of a value that moved between', async () => {
    const market = await start(1);
    market.priceText = '101000';
    engine.clock.advance(60_000);
    await engine.app.get(ValuationService).valueAll();
    const count = async () =>
      (await engine.database.dataSource.query<unknown[]>(`SELECT 1 FROM portfolio_snapshots`)).length;
    const before = await count();
    engine.clock.advance(9 * 60_000);
    await engine.tick();
    expect(await count()).toBe(before + 1);
  });

  it('tells of each definition whose instances have another value, once, and of none when nothing moved', async () => {
    const market = await start(3);
    const told = () =>
      engine.database.dataSource.query<{ name: string }[]>(
        `SELECT d.name FROM stream_events e LEFT JOIN strategy_definitions d ON d.id = e.definition_id
         WHERE e.kind = 'valuation' ORDER BY e.id`,
      );
    expect(await told()).toEqual([]);
    market.priceText = '101000';
    engine.clock.advance(60_000);
    await engine.app.get(ValuationService).valueAll();
    expect(await told()).toEqual([{ name: 'multi_agent_btc_v1' }]);
    engine.clock.advance(60_000);
    await engine.app.get(ValuationService).valueAll();
    expect(await told()).toHaveLength(1);
  });

  it('uses the same number of statements for 2 and for 40 instances', async () => {
    const statements = async (instances: number): Promise<number> => {
      const market = await start(instances);
      market.priceText = '101000';
      engine.clock.advance(60_000);
      const counter = countStatements();
      await engine.app.get(ValuationService).valueAll();
      counter.stop();
      return counter.statements.length;
    };
    const few = await statements(2);
    await engine.close();
    expect(await statements(40)).toBe(few);
  });

  it('keeps the last value when there is no price', async () => {
    const market = await start(1);
    const before = await portfolio();
    market.priceText = null;
    engine.clock.advance(60_000);
    await engine.app.get(ValuationService).valueAll();
    expect((await portfolio()).total_value).toBe(before.total_value);
  });
});
