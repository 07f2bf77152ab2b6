import { describe, expect, it } from '@jest/globals';
import { toPositionExitView, toPublicPositionExitView } from './position-exit.view.js';
import type { PositionExitRow } from './position-exit.store.js';
import { toPublicOrderView, toPublicTradeView } from './trade.view.js';
import type { OrderRow, TradeRow } from './trade.store.js';

const AT = new Date('2026-01-15T12:00:00Z');
/** A stop at 97,432.5, met exactly; filled below it. */
const EXIT: PositionExitRow = {
  id: 'e',
  symbol: 'BTC',
  side: 'long',
  kind: 'stop_loss',
  level: '97432.5',
  market_price: '97432.5',
  price: '97383.7',
  quantity: '0.02',
  fee: '0.97',
  fee_asset: 'USDC',
  realized_pnl: '-51.3',
  order_id: 'o',
  observed_from: AT,
  observed_until: AT,
  opened_at: AT,
  executed_at: AT,
};
const FILL = {
  id: 't',
  order_id: 'o',
  execution_id: null,
  symbol: 'BTC',
  trade_type: 'SELL',
  quantity: '0.02',
  price: '97383.7',
  notional: '1947.67',
  fee: '0.97',
  fee_asset: 'USDC',
  realized_pnl: '-51.3',
  balance_before: '1',
  balance_after: '2',
  holding_before: '3',
  holding_after: '0',
  reason: 'stop_loss',
  executed_at: AT,
} as TradeRow;
const ORDER = {
  id: 'o',
  client_order_id: 'c',
  channel: 'hyperliquid_perp',
  mode: 'paper',
  symbol: 'BTC',
  side: 'SELL',
  type: 'market',
  quantity: '0.02',
  price: '97432.5',
  status: 'filled',
  filled_quantity: '0.02',
  average_price: '97383.7',
  error: null,
  created_at: AT,
  updated_at: AT,
} as OrderRow;
const DECIDED = { ...FILL, reason: 'sell_signal' };
const FINE = /97432|97383|0\.97|0\.02|51\.3|1947/;

describe('what the public sees of an exit', () => {
  it('has neither its level nor a price that is the level, by any of its views', () => {
    const views = [toPublicPositionExitView(EXIT), toPublicTradeView(FILL), toPublicOrderView(ORDER, [FILL])];
    for (const view of views) expect(JSON.stringify(view)).not.toMatch(FINE);
    expect(JSON.stringify(toPositionExitView(EXIT))).toMatch(FINE);
    expect(views.map(({ price }) => price)).toEqual(['97000', '97000', '97000']);
    expect(toPublicOrderView(ORDER, [FILL]).average_price).toBe('97000');
  });

  it.each(['liquidation', 'stop_loss', 'trailing_stop', 'take_profit', 'time_stop'])('holds for %s', (reason) => {
    expect(toPublicTradeView({ ...FILL, reason }).price).toBe('97000');
  });

  it('leaves the price of a decision as it is: it is that of the market', () => {
    expect(toPublicTradeView(DECIDED).price).toBe('97383.7');
    expect(toPublicOrderView(ORDER, [DECIDED])).toMatchObject({ price: '97432.5', average_price: '97383.7' });
  });
});
