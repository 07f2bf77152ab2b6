import { afterEach, describe, expect, it } from '@jest/globals';
import { Money } from '../../src/domain/money/decimal.js';
import { advanceDrawdown } from '../../src/domain/portfolio/performance.js';
import { totalValueOf } from '../../src/domain/portfolio/valuation.js';
import { checkInvariants } from '../../src/scheduler/invariants/check-invariants.js';
import { ValuationService } from '../../src/scheduler/valuation/valuation.service.js';
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
      engine.clock.advance(60_000);
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
