import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { NamedCatalogue } from '../../domain/catalogue.js';
import type { DecisionAgent } from '../../domain/decision/decision-agent.js';
import type { TradeChannel } from '../../trading/channels/trade-channel.js';
import type { InstanceRow, PositionRow } from './instance-row.js';
import { toInstanceView, type ViewContext } from './instance.view.js';

const CREATED = new Date('2026-01-01T00:00:00Z');
const day = (n: number) => new Date(CREATED.getTime() + n * 86_400_000);

const row: InstanceRow = {
  id: '0199b2b4-5a3c-7f6e-9d57-0a4b6a1d1f10',
  user_id: '0199b2b4-5a3c-4f6e-9d57-0a4b6a1d1f11',
  user_full_name: null,
  definition_id: 1,
  definition_name: 'd',
  definition_display_name: 'D',
  decision_agent_class: 'HalfPercent',
  business_agents: ['macro'],
  trade_channel: 'venue',
  trade_symbol: 'BTC',
  next_run_at: day(100),
  definition_is_active: true,
  instance_name: 'one',
  public_name: null,
  instance_description: '',
  instance_params: {},
  params_version: 1,
  trading_mode: 'paper',
  is_active: true,
  archived_at: null,
  initial_balance: '10000.000000000000000000',
  current_balance: '11000.000000000000000000',
  total_value: '11000.000000000000000000',
  total_pnl: '1000.000000000000000000',
  total_pnl_percent: 10,
  total_trades: 0,
  winning_trades: 0,
  losing_trades: 0,
  win_rate: null,
  max_drawdown: 0,
  sharpe_ratio: 1.5,
  last_conviction_score: null,
  last_signal: null,
  last_execution_time: null,
  version: 1,
  created_at: CREATED,
  updated_at: CREATED,
  positions: [],
  mark_price: null,
  marked_at: null,
  market_data: null,
  run_failure: null,
};

const seen = (price: string): InstanceRow['market_data'] => ({
  market: 'simulated',
  symbol: 'BTC',
  price,
  source: 'simulated',
  observed_at: CREATED.toISOString(),
});

function context(now: Date, fraction = 0.005): ViewContext {
  const agent = {
    name: 'HalfPercent',
    defaultParams: {},
    paramsSchema: () => z.strictObject({}),
    smallestBuyFraction: () => fraction,
  } as unknown as DecisionAgent;
  const rules = { minimumNotional: '50', quoteAsset: 'USDT', quantityStep: '0.00001' };
  const channel = { name: 'venue', symbols: ['BTC'], rulesFor: () => rules } as unknown as TradeChannel;
  return {
    now,
    decisionAgents: new NamedCatalogue('decision agent', [agent]),
    channels: new NamedCatalogue('trade channel', [channel]),
  };
}

const position: PositionRow = {
  entry_notional: '0',
  expires_at: null,
  symbol: 'BTC',
  side: 'long',
  quantity: '0.020000000000000000',
  average_entry_price: '105105.000000000000000000',
  cost_basis: '2102.100000000000000000',
  leverage: '1.000000000000000000',
  margin: '0.000000000000000000',
  stop_loss: null,
  take_profit: null,
  opened_at: '2026-01-01T00:00:00+00:00',
};

describe('yearly figures of an instance', () => {
  it('are missing with a reason until 30 days have passed', () => {
    const view = toInstanceView(row, 'full', context(new Date(day(30).getTime() - 1)));
    expect(view).toMatchObject({ annualized_return: null, annualized_return_reason: 'needs_30_days' });
    expect(view).toMatchObject({ sharpe_ratio: null, sharpe_ratio_reason: 'needs_30_days' });
  });

  it('are there after that, as fractions', () => {
    const view = toInstanceView(row, 'full', context(day(365)));
    expect(view.annualized_return).toBeCloseTo(0.1, 12);
    expect(view).toMatchObject({ annualized_return_reason: null, sharpe_ratio: 1.5, sharpe_ratio_reason: null });
    expect(view.total_pnl_percent).toBe(10);
  });

  it('of an archived one end with it', () => {
    const view = toInstanceView({ ...row, is_active: false, archived_at: day(20) }, 'full', context(day(365)));
    expect(view.annualized_return_reason).toBe('needs_30_days');
  });

  it('say so when a Sharpe ratio has not been computed', () => {
    const view = toInstanceView({ ...row, sharpe_ratio: null }, 'full', context(day(365)));
    expect(view).toMatchObject({ sharpe_ratio: null, sharpe_ratio_reason: 'not_computed' });
  });
});

describe('the next execution of an instance', () => {
  it('is that of its definition while both run', () => {
    expect(toInstanceView(row, 'full', context(day(1))).next_execution_time).toBe(day(100).toISOString());
    const stopped = toInstanceView({ ...row, is_active: false }, 'full', context(day(1)));
    const off = toInstanceView({ ...row, definition_is_active: false }, 'full', context(day(1)));
    expect([stopped.next_execution_time, off.next_execution_time]).toEqual([null, null]);
  });
});

describe('the warning of an order that is too small', () => {
  it('comes below the minimum, not at it', () => {
    expect(toInstanceView({ ...row, total_value: '10000' }, 'full', context(day(1))).warnings).toEqual([]);
    const { warnings } = toInstanceView({ ...row, total_value: '9999.99' }, 'full', context(day(1)));
    expect(warnings).toMatchObject([{ smallest_order: '49.99995', minimum_notional: '50', asset: 'USDT' }]);
  });

  it('counts whole steps at the last price, as an order does', () => {
    // 10030 * .005 = 50.15 buys .00065 BTC and a bit at 76000, that is 49.40; 10200 * .005 = 51 buys .00067: 50.92.
    const at = (total_value: string, mark_price: string | null, price = '60000') =>
      toInstanceView({ ...row, total_value, mark_price, market_data: seen(price) }, 'full', context(day(1))).warnings;
    expect(at('10030', '76000')).toMatchObject([{ smallest_order: '49.4' }]);
    expect(at('10200', '76000')).toEqual([]);
    // A new one has no price of its own yet: that of the last run counts.
    expect(at('10030', null, '76000')).toMatchObject([{ smallest_order: '49.4' }]);
  });

  it('is not for those who do not see the params it follows from', () => {
    const view = toInstanceView({ ...row, total_value: '1' }, 'public', context(day(1)));
    expect(view.warnings).toEqual([]);
    expect(view).not.toHaveProperty('instance_params');
  });

  it('is left out where the decision agent or the channel is gone, or the params give no fraction', () => {
    for (const changed of [{ decision_agent_class: 'Gone' }, { trade_channel: 'gone' }, { trade_symbol: 'DOGE' }]) {
      const poor = { ...row, ...changed, total_value: '1' };
      expect(toInstanceView(poor, 'full', context(day(1))).warnings).toEqual([]);
    }
    expect(toInstanceView({ ...row, total_value: '1' }, 'full', context(day(1), Number.NaN)).warnings).toEqual([]);
  });
});

describe('a position of an instance', () => {
  it('is worth what the last valuation says', () => {
    const held = { ...row, positions: [position], mark_price: '110000.000000000000000000', marked_at: day(2) };
    expect(toInstanceView(held, 'params', context(day(3))).positions).toEqual([
      {
        symbol: 'BTC',
        side: 'long',
        quantity: '0.02',
        average_entry_price: '105105',
        cost_basis: '2102.1',
        current_price: '110000',
        current_price_at: day(2).toISOString(),
        market_value: '2200',
        unrealized_pnl: '97.9',
        leverage: '1',
        margin: '0',
        liquidation_price: null,
        stop_loss: null,
        take_profit: null,
        expires_at: null,
        opened_at: CREATED.toISOString(),
      },
    ]);
  });

  it('shows the public no size', () => {
    const held = { ...row, positions: [position], mark_price: '110000.000000000000000000', marked_at: day(2) };
    expect(toInstanceView(held, 'public', context(day(3))).positions).toEqual([
      {
        symbol: 'BTC',
        side: 'long',
        current_price: '110000',
        current_price_at: day(2).toISOString(),
        opened_at: CREATED.toISOString(),
      },
    ]);
  });

  it('is worth margin and profit on the short side, and wins when the price falls', () => {
    const short = {
      ...position,
      side: 'short' as const,
      entry_notional: '2100',
      margin: '700',
      cost_basis: '701',
      leverage: '3',
      stop_loss: '110000',
      expires_at: '2026-01-04T00:00:00+00:00',
    };
    const held = { ...row, positions: [short], mark_price: '100000', marked_at: day(2) };
    expect(toInstanceView(held, 'full', context(day(3))).positions[0]).toMatchObject({
      side: 'short',
      quantity: '0.02',
      market_value: '800',
      unrealized_pnl: '99',
      margin: '700',
      stop_loss: '110000',
      expires_at: '2026-01-04T00:00:00.000Z',
    });
  });

  it('says nothing about its value while no price is known', () => {
    const [shown] = toInstanceView({ ...row, positions: [position] }, 'full', context(day(3))).positions;
    expect(shown).toMatchObject({
      current_price: null,
      current_price_at: null,
      market_value: null,
      unrealized_pnl: null,
    });
  });
});

describe('the figures of an instance', () => {
  const figures = {
    ...row,
    initial_balance: '250',
    current_balance: '213.123456789',
    total_value: '251.062537',
    total_pnl: '1.062537',
    total_pnl_percent: 0.4250148,
    max_drawdown: 0.0123456,
    sharpe_ratio: 1.23456,
    last_conviction_score: 61.5,
  };

  it('are exact for those who see the params', () => {
    expect(toInstanceView(figures, 'params', context(day(365)))).toMatchObject({
      current_balance: '213.123456789',
      total_value: '251.062537',
      total_pnl: '1.062537',
      total_pnl_percent: 0.4250148,
      last_conviction_score: 61.5,
    });
  });

  it('are told the public to 0.01 % of the deposit', () => {
    const view = toInstanceView(figures, 'public', context(day(365)));
    expect(view).toMatchObject({
      total_value: '251.075',
      total_pnl: '1.075',
      total_pnl_percent: 0.43,
      max_drawdown: 0.0123,
      sharpe_ratio: 1.2346,
      last_conviction_score: 62,
    });
    expect(view.annualized_return).toBeCloseTo(0.0043, 12);
    expect(view).not.toHaveProperty('current_balance');
  });
});
