import type { FillStatement } from './fill-statement.js';

/** The books: orders, fills, the ledger that explains every balance, and what is held in the end. */
export const TRADE_STATEMENTS: readonly FillStatement[] = [
  {
    what: 'orders',
    sql: `INSERT INTO orders (id, portfolio_id, execution_id, client_order_id, channel, mode, symbol, side, type, quantity,
            status, filled_quantity, average_price, created_at, updated_at)
          SELECT order_id, portfolio_id, execution_id, order_id::text, channel, 'paper', symbol, side, 'market', quantity,
            'filled', quantity, price, at, at
          FROM fill ORDER BY at, portfolio_id`,
  },
  {
    what: 'trades',
    sql: `INSERT INTO trades (id, order_id, venue_trade_id, portfolio_id, execution_id, symbol, trade_type, quantity, price,
            notional, fee, fee_asset, realized_pnl, balance_before, balance_after, holding_before, holding_after, reason,
            executed_at)
          SELECT trade_id, order_id, '1', portfolio_id, execution_id, symbol, side, quantity, price, notional, fee, 'USDT',
            realized, cash_before, cash_after, CASE side WHEN 'BUY' THEN 0 ELSE quantity END,
            CASE side WHEN 'BUY' THEN quantity ELSE 0 END, lower(side) || '_signal', at
          FROM fill ORDER BY at, portfolio_id`,
  },
  {
    what: 'deposits',
    sql: `INSERT INTO ledger_entries (portfolio_id, asset, amount, kind, occurred_at)
          SELECT id, 'USDT', deposit, 'deposit', created_at FROM owned ORDER BY created_at`,
  },
  {
    what: 'ledger entries',
    sql: `INSERT INTO ledger_entries (portfolio_id, asset, amount, kind, trade_id, occurred_at)
          SELECT portfolio_id, e.asset, e.amount, e.kind, trade_id, at
          FROM fill
          CROSS JOIN LATERAL (SELECT CASE side WHEN 'BUY' THEN 1 ELSE -1 END AS sign) s
          CROSS JOIN LATERAL (VALUES (symbol, sign * quantity, 'trade'), ('USDT', -sign * notional, 'trade'),
            ('USDT', -fee, 'fee')) e (asset, amount, kind)
          ORDER BY at, portfolio_id`,
  },
  {
    what: 'positions',
    sql: `INSERT INTO positions (portfolio_id, symbol, side, quantity, average_entry_price, cost_basis, opened_at, updated_at)
          SELECT portfolio_id, f.symbol, 'long', quantity, round(-cash_change / quantity, 18), -cash_change, at, at
          FROM fill f JOIN owned o ON o.i = f.i AND o.trades = f.j WHERE side = 'BUY'`,
  },
];
