import { describe, expect, it } from '@jest/globals';
import { toPublicPositionExitView } from './position-exit.view.js';

const AT = new Date('2026-01-15T12:00:00Z');

describe('an exit as the public sees it', () => {
  it('gives away neither sizes nor the stop, which the price that it was closed at would be', () => {
    const view = toPublicPositionExitView({
      id: 'x',
      symbol: 'BTC',
      side: 'long',
      kind: 'stop_loss',
      level: '49000',
      market_price: '49000',
      observed_from: AT,
      observed_until: AT,
      opened_at: AT,
      executed_at: AT,
      order_id: 'o',
      quantity: '0.1',
      price: '48975.5',
      fee: '2.2',
      fee_asset: 'USDC',
      realized_pnl: '-106.9',
    });
    expect(Object.keys(view).sort()).toEqual([
      'executed_at',
      'fee_asset',
      'id',
      'kind',
      'observed_from',
      'observed_until',
      'opened_at',
      'order_id',
      'price',
      'side',
      'symbol',
    ]);
  });
});
