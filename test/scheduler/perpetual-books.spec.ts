import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Money } from '../../src/domain/money/decimal.js';
import { checkInvariants } from '../../src/invariants/check-invariants.js';
import { ValuationService } from '../../src/trading/valuation/valuation.service.js';
import { randomNumbers } from '../support/random-numbers.js';
import { createToldEngine, type ToldEngine } from '../support/told-engine.js';

/** The small form of a long proof: `TEST_FULL=1 npm test -- perpetual-books` takes a thousand. */
const EVENTS = process.env['TEST_FULL'] ? 1000 : 600;
const MINUTE_MS = 60_000;

interface Books {
  readonly realized: string;
  readonly cost: string;
  readonly cash: string;
  readonly total_value: string;
  readonly quote: string;
  readonly margin: string;
  readonly ledger_margin: string;
}

describe('the stored books over hundreds of fills, fundings and marks, long and short', () => {
  let engine: ToldEngine;

  beforeAll(async () => {
    engine = await createToldEngine({ paperSlippageBps: 5 });
    await engine.addTold();
  });

  afterAll(() => engine.close());

  /** A position of either side, with stops on their sides of the price, or a part of what is open. */
  function wish(random: () => number, price: number): ToldEngine['wish'] {
    if (random() < 0.35) return { signal: random() < 0.3 ? 'BUY' : 'SELL', size: random() < 0.3 ? 1 : random() };
    const side = random() < 0.5 ? 'long' : 'short';
    const distance = price * (0.005 + random() * 0.1);
    const away = side === 'long' ? distance : -distance;
    return {
      side,
      quantity: (random() * 0.4).toFixed(9),
      leverage: (1 + random() * 30).toFixed(4),
      stop_loss: (price - away).toFixed(6),
      take_profit: random() < 0.5 ? null : (price + away * 1.5).toFixed(6),
      stop_distance: distance.toFixed(6),
      hold_hours: 1 + Math.floor(random() * 30),
    };
  }

  async function books(): Promise<Books> {
    const [row] = await engine.sql<Books>(
      `SELECT p.current_balance AS cash, p.total_value, coalesce(s.cost_basis, 0) AS cost, coalesce(s.margin, 0) AS margin,
         (SELECT coalesce(sum(realized_pnl), 0) FROM trades) AS realized,
         (SELECT sum(amount) FROM ledger_entries WHERE asset = 'USDC') AS quote,
         (SELECT coalesce(sum(amount), 0) FROM ledger_entries WHERE asset = 'USDC:margin') AS ledger_margin
       FROM portfolios p LEFT JOIN positions s ON s.portfolio_id = p.id`,
    );
    return row!;
  }

  it('balance to the last place after every one of them, and keep every invariant', async () => {
    const random = randomNumbers(20260115);
    let price = 50_000;
    for (let event = 0; event < EVENTS; event++) {
      price *= Math.exp((random() - 0.5) * (random() < 0.03 ? 0.4 : 0.02));
      engine.market.priceText = price.toFixed(4);
      engine.market.daily.funding = (random() - 0.5) * 0.004;
      if (random() < 0.4) {
        engine.wish = wish(random, price);
        engine.clock.advance(10 * MINUTE_MS);
        await engine.tick();
      } else {
        engine.clock.advance(Math.ceil(random() * 90) * MINUTE_MS);
        await engine.app.get(ValuationService).valueAll();
      }
      const { realized, cost, cash, total_value, quote, margin, ledger_margin } = await books();
      const unrealized = new Money(total_value).sub(cash).sub(cost);
      const found = {
        profitAddsUp: unrealized.add(realized).eq(new Money(total_value).sub(10_000)),
        cash: new Money(cash).eq(quote) && Number(cash) >= 0,
        margin: new Money(margin).eq(ledger_margin),
      };
      if (Object.values(found).includes(false)) expect({ event, ...found }).toBe('true throughout');
      if (event % 100 === 99) {
        const violated = (await checkInvariants(engine.database.dataSource)).filter(({ violations }) => violations > 0);
        expect({ event, violated }).toEqual({ event, violated: [] });
      }
    }
    const kinds = await engine.sql<{ kind: string; n: number }>(
      `SELECT kind, count(*)::integer AS n FROM position_exits GROUP BY kind UNION ALL
       SELECT kind, count(*)::integer FROM ledger_entries WHERE kind = 'funding' GROUP BY kind UNION ALL
       SELECT s.side || ' held', count(*)::integer FROM (SELECT CASE WHEN holding_after > 0 THEN 'long' ELSE 'short' END AS side
         FROM trades WHERE holding_after <> 0) s GROUP BY 1`,
    );
    // Of everything enough that the assertions mean something.
    const counts = Object.fromEntries(kinds.map(({ kind, n }) => [kind, n]));
    for (const kind of ['liquidation', 'stop_loss', 'take_profit', 'time_stop', 'funding', 'long held', 'short held']) {
      expect({ kind, enough: (counts[kind] ?? 0) >= 3 }).toEqual({ kind, enough: true });
    }
  }, 240_000);
});
