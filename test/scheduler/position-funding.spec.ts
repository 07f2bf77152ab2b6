import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { plainText } from '../../src/domain/money/decimal.js';
import { checkInvariants } from '../../src/scheduler/invariants/check-invariants.js';
import { PositionKeeper } from '../../src/scheduler/keeping/position-keeper.js';
import { ValuationService } from '../../src/scheduler/valuation/valuation.service.js';
import { createToldEngine, entry, type ToldEngine } from '../support/told-engine.js';

const MINUTE_MS = 60_000;

describe('funding between runs', () => {
  let engine: ToldEngine;

  beforeEach(async () => {
    engine = await createToldEngine();
    engine.market.daily.funding = 0.0008;
    await engine.addTold();
  });

  afterEach(async () => {
    await engine.app.get(ValuationService).valueAll();
    const violated = (await checkInvariants(engine.database.dataSource)).filter((result) => result.violations > 0);
    expect(violated).toEqual([]);
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
    await engine.app.get(PositionKeeper).keepAll();
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
  });

  it('is paid once, however many pay at the same time', async () => {
    await open('long');
    engine.clock.advance(3 * 60 * MINUTE_MS);
    const keeper = engine.app.get(PositionKeeper);
    await Promise.all([keeper.keepAll(), keeper.keepAll(), keeper.keepAll()]);
    expect(await payments()).toHaveLength(3);
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
