import { describe, expect, it } from '@jest/globals';
import { HYPERLIQUID_BTC } from '../../../../test/support/perp-rules.js';
import { randomNumbers } from '../../../../test/support/random-numbers.js';
import { Money } from '../../money/decimal.js';
import { signedQuantityOf } from '../held-position.js';
import { fillOnPaper } from '../paper-fill.js';
import type { LedgerEntryDraft } from '../spot-ledger.js';
import type { VenueRules } from '../venue-rules.js';
import { fundingCost, payFunding } from './funding-hours.js';
import { marginAccountOf, settlePerpFill } from './perp-ledger.js';
import { planPerpClose, planPerpEntry, type PerpOrderPlan } from './perp-order.js';
import { equityOf, type PerpPosition, liquidationAt } from './perp-position.js';

/** Steps, ticks and fees so fine that every stored amount is rounded. */
const ROUNDING_EVERYWHERE: VenueRules = {
  ...HYPERLIQUID_BTC,
  quantityStep: '0.0000000000007',
  tickSize: '0.000000000003',
  priceFigures: undefined,
  minimumNotional: '0',
  takerFeeRate: '0.000451234567',
};

const DEPOSIT = new Money(10_000);
const EVENTS = 1000;

type Counts = Record<'long' | 'short' | 'reduced' | 'flipped' | 'funded' | 'liquidated' | 'borne', number>;

/** Trades, pays funding and is liquidated as the engine would, and asserts the books after every single event. */
function liveThrough(seed: number, rules: VenueRules, counts: Counts): void {
  const random = randomNumbers(seed);
  let price = new Money(20_000 + Math.floor(random() * 60_000));
  let cash = DEPOSIT;
  let position: PerpPosition | null = null;
  let realized = new Money(0);
  const accounts = new Map<string, Money>([['USDC', DEPOSIT]]);
  const post = (entries: readonly Pick<LedgerEntryDraft, 'asset' | 'amount'>[]) => {
    for (const { asset, amount } of entries) accounts.set(asset, (accounts.get(asset) ?? new Money(0)).add(amount));
  };
  const balance = (asset: string) => accounts.get(asset) ?? new Money(0);

  const settle = (plan: PerpOrderPlan, liquidation?: 'closed' | 'taken_over') => {
    if (!plan.order) return;
    const fill = fillOnPaper(plan.order, price, rules, 5);
    const before: PerpPosition | null = position;
    const assets = { baseAsset: 'BTC', quoteAsset: 'USDC' };
    const settled = settlePerpFill({ cash, position, fill, leverage: plan.leverage, liquidation, ...assets });
    post(settled.entries);
    cash = settled.cashAfter;
    position = settled.position;
    realized = realized.add(settled.realizedPnl ?? 0);
    if (position && !before) counts[position.side]++;
    if (settled.realizedPnl && position?.side === before?.side) counts.reduced++;
    if (position && before && position.side !== before.side) counts.flipped++;
    if (settled.entries.some(({ kind }) => kind === 'liquidation')) counts.borne++;
  };

  for (let event = 0; event < EVENTS; event++) {
    const jump = random() < 0.02 ? 0.3 : 0.01;
    price = Money.max(100, price.mul(1 + (random() - 0.5) * 2 * jump).toDecimalPlaces(random() < 0.5 ? 1 : 15));
    const liquidation = position && liquidationAt(position, price, rules.perpetual!);
    const kind = random();
    if (liquidation) {
      counts.liquidated++;
      settle(planPerpClose(position, 1, { price, rules, slippageBps: 5 }), liquidation);
    } else if (kind < 0.45) {
      const side = random() < 0.5 ? 'long' : 'short';
      const quantity = new Money(random()).mul(DEPOSIT).div(price);
      const leverage = new Money(1 + Math.floor(random() * 3900) / 100);
      settle(planPerpEntry({ side, quantity, leverage, cash, position, price, rules, slippageBps: 5 }));
    } else if (kind < 0.6) {
      settle(planPerpClose(position, random() < 0.3 ? 1 : random(), { price, rules, slippageBps: 5 }));
    } else if (position && kind < 0.85) {
      const cost = fundingCost(
        signedQuantityOf(position),
        price,
        new Money((random() - 0.5) * 0.004).toDecimalPlaces(12),
      );
      position = payFunding(position, cost);
      post([{ asset: marginAccountOf('USDC'), amount: cost.neg() }]);
      counts.funded++;
    }

    const held = position as PerpPosition | null;
    const value = held ? equityOf(held, price) : new Money(0);
    const unrealized = value.sub(held?.costBasis ?? 0);
    const holding = held ? held.quantity.mul(held.side === 'long' ? 1 : -1) : new Money(0);
    const amounts = [cash, realized, value, ...Object.values(held ?? {}).filter((part) => part instanceof Money)];
    const found = {
      profitAddsUp: realized.add(unrealized).eq(cash.add(value).sub(DEPOSIT)),
      cash: balance('USDC').eq(cash) && cash.gte(0),
      margin: balance('USDC:margin').eq(held?.margin ?? 0),
      holding: balance('BTC').eq(holding),
      isStorable: amounts.every((amount) => amount.decimalPlaces() <= 18),
    };
    // One assertion an event: thousands of events would take minutes otherwise.
    if (Object.values(found).includes(false)) expect({ seed, event, ...found }).toBe('true throughout');
  }
}

describe('the books over a thousand fills, fundings and marks, long and short', () => {
  it.each([
    ['at the venue’s steps', HYPERLIQUID_BTC],
    ['where every amount is rounded', ROUNDING_EVERYWHERE],
  ])('balance to the last place after each of them %s', (_where, rules) => {
    const counts: Counts = { long: 0, short: 0, reduced: 0, flipped: 0, funded: 0, liquidated: 0, borne: 0 };
    for (let seed = 1; seed <= 3; seed++) liveThrough(seed, rules, counts);
    // Each event must occur often enough to make the assertions meaningful.
    for (const [event, count] of Object.entries(counts))
      expect({ event, enough: count > 5 }).toEqual({ event, enough: true });
  });
});
