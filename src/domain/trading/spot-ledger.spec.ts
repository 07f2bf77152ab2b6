import { describe, expect, it } from '@jest/globals';
import { BINANCE_BTC } from '../../../test/support/spot-rules.js';
import { Money } from '../money/decimal.js';
import { totalValueOf } from './held-position.js';
import { fillOnPaper, type Fill } from './paper-fill.js';
import { settleSpotFill, SettlementFault, type SpotPosition } from './spot-ledger.js';
import type { Side } from './venue-rules.js';

interface Books {
  cash: Money;
  position: SpotPosition | null;
}

function trade(books: Books, side: Side, quantity: string, price: string) {
  const fill = fillOnPaper({ side, quantity: new Money(quantity) }, new Money(price), BINANCE_BTC, 0);
  return settleSpotFill({ ...books, fill, baseAsset: 'BTC', quoteAsset: 'USDT' });
}

function booksAfter(settled: ReturnType<typeof settleSpotFill>): Books {
  return { cash: settled.cashAfter, position: settled.position };
}

const START: Books = { cash: new Money(10_000), position: null };

describe('the worked example: two buys, a partial sell, a full close', () => {
  const firstBuy = trade(START, 'BUY', '0.01', '100000');
  const secondBuy = trade(booksAfter(firstBuy), 'BUY', '0.01', '110000');
  const partialSell = trade(booksAfter(secondBuy), 'SELL', '0.005', '120000');
  const fullClose = trade(booksAfter(partialSell), 'SELL', '0.015', '90000');

  it('has the buy fees in the cost basis and the average entry price', () => {
    expect(secondBuy.cashAfter.toFixed()).toBe('7897.9');
    expect(secondBuy.position?.costBasis.toFixed()).toBe('2102.1');
    expect(secondBuy.position?.averageEntryPrice.toFixed()).toBe('105105');
    expect(secondBuy.realizedPnl).toBeNull();
  });

  it('realizes the proceeds after the fee minus the cost of the sold part', () => {
    expect(partialSell.cashAfter.sub(partialSell.cashBefore).toFixed()).toBe('599.4');
    expect(partialSell.realizedPnl?.toFixed()).toBe('73.875');
    expect(partialSell.position?.costBasis.toFixed()).toBe('1576.575');
    expect(fullClose.realizedPnl?.toFixed()).toBe('-227.925');
  });

  it('ends with cash equal to the deposit plus all realized profit', () => {
    expect(fullClose.position).toBeNull();
    expect(fullClose.cashAfter.toFixed()).toBe('9845.95');
    expect(partialSell.realizedPnl!.add(fullClose.realizedPnl!).toFixed()).toBe('-154.05');
  });

  it('reports the holding before and after each fill', () => {
    const holdings = [firstBuy, secondBuy, partialSell, fullClose].map((settled) => [
      settled.holdingBefore.toFixed(),
      settled.holdingAfter.toFixed(),
    ]);
    expect(holdings).toEqual([
      ['0', '0.01'],
      ['0.01', '0.02'],
      ['0.02', '0.015'],
      ['0.015', '0'],
    ]);
  });

  it('has realized + unrealized = total value - deposit after the partial sell, at any price', () => {
    for (const price of ['1', '90000', '123456.78']) {
      const { quantity, costBasis } = partialSell.position!;
      const unrealized = quantity.mul(price).sub(costBasis);
      const gain = totalValueOf(partialSell.cashAfter, quantity, new Money(price)).sub(10_000);
      expect(partialSell.realizedPnl!.add(unrealized).toFixed()).toBe(gain.toFixed());
    }
  });
});

const flat = (settled: ReturnType<typeof settleSpotFill>) =>
  settled.entries.map((entry) => [entry.asset, entry.amount.toFixed(), entry.kind]);

describe('the ledger entries of a fill', () => {
  it('are base in, quote out and the fee on a BUY', () => {
    expect(flat(trade(START, 'BUY', '0.01', '100000'))).toEqual([
      ['BTC', '0.01', 'trade'],
      ['USDT', '-1000', 'trade'],
      ['USDT', '-1', 'fee'],
    ]);
  });

  it('are base out, quote in and the fee on a SELL', () => {
    const held = booksAfter(trade(START, 'BUY', '0.01', '100000'));
    expect(flat(trade(held, 'SELL', '0.004', '110000'))).toEqual([
      ['BTC', '-0.004', 'trade'],
      ['USDT', '440', 'trade'],
      ['USDT', '-0.44', 'fee'],
    ]);
  });
});

describe('the cost of a part that does not divide evenly', () => {
  it('is rounded once, and the rest gets the exact remainder', () => {
    const held: Books = {
      cash: new Money(0),
      position: { quantity: new Money('0.00003'), costBasis: new Money(1), averageEntryPrice: new Money('33333') },
    };
    const first = trade(held, 'SELL', '0.00001', '100000');
    // 1 - .001 fee - 1/3 rounded to 18 places
    expect(first.realizedPnl?.toFixed()).toBe('0.665666666666666667');
    expect(first.position?.costBasis.toFixed()).toBe('0.666666666666666667');
    const second = trade(booksAfter(first), 'SELL', '0.00002', '100000');
    expect(first.realizedPnl!.add(second.realizedPnl!).toFixed()).toBe('1.997');
  });
});

const code = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    return error instanceof SettlementFault ? error.code : error;
  }
  return 'nothing was thrown';
};

describe('a fill that the books cannot cover', () => {
  it('is refused when it costs more than the cash', () => {
    expect(code(() => trade({ cash: new Money('1000.99'), position: null }, 'BUY', '0.01', '100000'))).toBe(
      'insufficient_cash',
    );
    expect(trade({ cash: new Money('1001'), position: null }, 'BUY', '0.01', '100000').cashAfter.toFixed()).toBe('0');
  });

  it('is refused when it sells more than is held', () => {
    expect(code(() => trade(START, 'SELL', '0.01', '100000'))).toBe('insufficient_holding');
    const held = booksAfter(trade(START, 'BUY', '0.01', '100000'));
    expect(code(() => trade(held, 'SELL', '0.01001', '100000'))).toBe('insufficient_holding');
  });

  it('does not change its input', () => {
    const fill: Fill = fillOnPaper({ side: 'BUY', quantity: new Money('0.01') }, new Money(100_000), BINANCE_BTC, 0);
    const frozen = Object.freeze({ cash: START.cash, position: null, fill, baseAsset: 'BTC', quoteAsset: 'USDT' });
    expect(settleSpotFill(frozen)).toEqual(settleSpotFill(frozen));
  });
});
