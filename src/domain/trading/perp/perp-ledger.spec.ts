import { describe, expect, it } from '@jest/globals';
import { HYPERLIQUID_BTC } from '../../../../test/support/perp-rules.js';
import { Money } from '../../money/decimal.js';
import { signedQuantityOf } from '../held-position.js';
import { fillOnPaper, fillResting } from '../paper-fill.js';
import { maintenanceLinesOf, type Side } from '../venue-rules.js';
import { fundingCost, payFunding } from './funding-hours.js';
import { settlePerpFill, type SettledPerpFill } from './perp-ledger.js';
import {
  averagePriceOf,
  equityOf,
  type PerpPosition,
  liquidationAt,
  liquidationPriceOf,
  type Liquidation,
} from './perp-position.js';

const MARGIN_RULES = HYPERLIQUID_BTC.perpetual!;

interface Books {
  readonly cash: Money;
  readonly position: PerpPosition | null;
}

function trade(books: Books, side: Side, quantity: string, price: string, liquidation?: Liquidation): SettledPerpFill {
  const order = { side, quantity: new Money(quantity) };
  const fill = fillOnPaper(order, new Money(price), HYPERLIQUID_BTC, 0);
  const leverage = new Money(5);
  return settlePerpFill({ ...books, fill, leverage, baseAsset: 'BTC', quoteAsset: 'USDC', liquidation });
}

function booksOf(settled: SettledPerpFill): Books {
  return { cash: settled.cashAfter, position: settled.position };
}

function shown(settled: SettledPerpFill) {
  const { cashAfter, holdingAfter, realizedPnl, position } = settled;
  return {
    cash: cashAfter.toFixed(),
    holding: holdingAfter.toFixed(),
    realized: realizedPnl?.toFixed() ?? null,
    entryNotional: position?.entryNotional.toFixed(),
    margin: position?.margin.toFixed(),
    cost: position?.costBasis.toFixed(),
  };
}

const START: Books = { cash: new Money(10_000), position: null };

// All figures below were computed by hand from the venue's published rules.
describe('the books of a perpetual', () => {
  const opened = trade(START, 'BUY', '0.1', '50000');
  const funded = payFunding(
    opened.position!,
    fundingCost(signedQuantityOf(opened.position), new Money(52_000), new Money('0.0001')),
  );
  const added = trade({ cash: opened.cashAfter, position: funded }, 'BUY', '0.1', '54000');
  const reduced = trade(booksOf(added), 'SELL', '0.05', '56000');
  const flipped = trade(booksOf(reduced), 'SELL', '0.25', '50000');

  it('takes margin and fee from free cash when a position is opened', () => {
    expect(shown(opened)).toEqual({
      cash: '8997.75',
      holding: '0.1',
      realized: null,
      entryNotional: '5000',
      margin: '1000',
      cost: '1002.25',
    });
    expect(equityOf(opened.position!, new Money(52_000)).toFixed()).toBe('1200');
  });

  it('takes funding from the margin of a long when the rate is positive', () => {
    expect(funded.margin.toFixed()).toBe('999.935');
    expect(funded.costBasis.toFixed()).toBe('1002.25');
  });

  it('blends the leverage of openings with different leverage', () => {
    // 5000 at 5 and 5400 at 3 took 1000 and 1800: 10400 / 2800.
    const order = { side: 'BUY', quantity: new Money('0.1') } as const;
    const fill = fillOnPaper(order, new Money(54_000), HYPERLIQUID_BTC, 0);
    const assets = { baseAsset: 'BTC', quoteAsset: 'USDC' };
    const { position } = settlePerpFill({
      cash: opened.cashAfter,
      position: funded,
      fill,
      leverage: new Money(3),
      ...assets,
    });
    expect(position!.leverage.toFixed()).toBe('3.714285714285714286');
    expect(added.position!.leverage.toFixed()).toBe('5');
  });

  it('adds to a position', () => {
    expect(shown(added)).toEqual({
      cash: '7915.32',
      holding: '0.2',
      realized: null,
      entryNotional: '10400',
      margin: '2079.935',
      cost: '2084.68',
    });
    expect(averagePriceOf(added.position!).toFixed()).toBe('52000');
  });

  it('pays out margin and profit of the closed part', () => {
    expect(shown(reduced)).toEqual({
      cash: '8634.04375',
      holding: '0.15',
      realized: '197.55375',
      entryNotional: '7800',
      margin: '1559.95125',
      cost: '1563.51',
    });
  });

  it('flips by one fill that closes the position and opens the rest on the other side', () => {
    expect(shown(flipped)).toEqual({
      cash: '8888.37',
      holding: '-0.1',
      realized: '-306.93375',
      entryNotional: '5000',
      margin: '1000',
      cost: '1002.25',
    });
    expect(flipped.position!.side).toBe('short');
  });

  it('writes a line for every movement, so that each account is the sum of its lines', () => {
    const lines = flipped.entries.map(({ asset, amount, kind }) => `${asset} ${amount.toFixed()} ${kind}`);
    expect(lines).toEqual([
      'BTC -0.25 trade',
      'USDC:margin -1559.95125 trade',
      'USDC 1259.95125 trade',
      'USDC -3.375 fee',
      'USDC -1000 trade',
      'USDC:margin 1000 trade',
      'USDC -2.25 fee',
    ]);
  });

  it.each([
    ['a long, rate positive: pays', opened, '0.0001', '0.065'],
    ['a long, rate negative: receives', opened, '-0.0001', '-0.065'],
    ['a short, rate positive: receives', flipped, '0.0001', '-0.065'],
    ['a short, rate negative: pays', flipped, '-0.0001', '0.065'],
  ])('settles an hour of funding at 52000: %s', (_what, { position }, rate, cost) => {
    expect(fundingCost(signedQuantityOf(position), new Money(52_000), new Money(rate)).toFixed()).toBe(cost);
  });

  it('computes the price at which equity equals the maintenance margin', () => {
    expect(liquidationPriceOf(opened.position!, MARGIN_RULES).toFixed()).toBe('40506.329113924050632911');
    expect(liquidationPriceOf(flipped.position!, MARGIN_RULES).toFixed()).toBe('59259.259259259259259259');
  });

  it.each([
    ['59259.2', null],
    ['59259.3', 'closed'],
    // Equity 70 of 74.125, two thirds of which are 49.42.
    ['59300', 'closed'],
    // Equity 40 of 74.5, two thirds of which are 49.67.
    ['59600', 'taken_over'],
  ])('liquidates a short at %s: %s', (price, how) => {
    expect(liquidationAt(flipped.position!, new Money(price), MARGIN_RULES)).toBe(how);
  });

  it.each([
    ['40506.4', null],
    ['40506.3', 'closed'],
    ['40300', 'taken_over'],
  ])('liquidates a long at %s: %s', (price, how) => {
    expect(liquidationAt(opened.position!, new Money(price), MARGIN_RULES)).toBe(how);
  });

  it('demands more margin for the part of a position above 150 million', () => {
    // Above it maintenance is .025 of the notional less 1,875,000, which is .0125 of 150 million.
    const large: PerpPosition = {
      side: 'long',
      quantity: new Money(4000),
      entryNotional: new Money(200_000_000),
      margin: new Money(10_000_000),
      costBasis: new Money(10_090_000),
      leverage: new Money(20),
    };
    expect(liquidationPriceOf(large, MARGIN_RULES).toFixed()).toBe('48237.179487179487179487');
    expect(liquidationPriceOf({ ...large, side: 'short' }, MARGIN_RULES).toFixed()).toBe('51676.829268292682926829');
    expect(liquidationAt(large, new Money('48237.2'), MARGIN_RULES)).toBeNull();
    expect(liquidationAt(large, new Money('48237.1'), MARGIN_RULES)).toBe('closed');
    // At the border of 150 million both lines give the same margin.
    const [lower, upper] = maintenanceLinesOf(MARGIN_RULES);
    const border = (line: typeof lower) => new Money(150_000_000).mul(line!.rate).sub(line!.deduction).toFixed();
    expect([border(lower), border(upper)]).toEqual(['1875000', '1875000']);
  });

  it('pays out the remaining equity after a liquidation at the market', () => {
    const settled = trade(booksOf(flipped), 'BUY', '0.1', '59300', 'closed');
    expect(shown(settled)).toMatchObject({ cash: '8955.7015', holding: '0', realized: '-934.9185' });
    expect(settled.entries.map(({ kind }) => kind)).not.toContain('liquidation');
  });

  it('pays out nothing when the backstop takes over', () => {
    const settled = trade(booksOf(flipped), 'BUY', '0.1', '59600', 'taken_over');
    expect(shown(settled)).toMatchObject({ cash: '8888.37', realized: '-1002.25' });
    expect(settled.entries.find(({ kind }) => kind === 'liquidation')!.amount.toFixed()).toBe('-37.318');
  });

  it('never loses more than the margin, however far the market jumps', () => {
    const settled = trade(booksOf(flipped), 'BUY', '0.1', '61000', 'closed');
    expect(shown(settled)).toMatchObject({ cash: '8888.37', realized: '-1002.25' });
    expect(settled.entries.find(({ kind }) => kind === 'liquidation')!.amount.toFixed()).toBe('102.745');
  });

  it('refuses a fill that free cash cannot pay', () => {
    expect(() => trade({ cash: new Money('1002.24'), position: null }, 'BUY', '0.1', '50000')).toThrow(
      expect.objectContaining({ code: 'insufficient_cash' }),
    );
    expect(trade({ cash: new Money('1002.25'), position: null }, 'SELL', '0.1', '50000').cashAfter.toFixed()).toBe('0');
  });

  it('charges the maker fee for a resting order', () => {
    const fill = fillResting({ side: 'SELL', quantity: new Money('0.1') }, new Money('50000.4'), HYPERLIQUID_BTC);
    expect([fill.price.toFixed(), fill.notional.toFixed(), fill.fee.toFixed()]).toEqual(['50000', '5000', '0.75']);
  });
});
