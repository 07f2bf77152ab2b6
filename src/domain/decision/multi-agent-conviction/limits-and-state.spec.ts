import { describe, expect, it } from '@jest/globals';
import { atConviction, codes, decide, reasonOf } from '../../../../test/support/conviction-decision.js';
import { decisionContext } from '../../../../test/support/decision-context.js';
import { MultiAgentConvictionDecision } from './multi-agent-conviction-decision.js';
import { DEFAULT_CONVICTION_PARAMS } from './params.js';

const agent = new MultiAgentConvictionDecision();

describe('the circuit breaker', () => {
  it('holds back buys and sells, as HIGH risk, and names the signal it blocked', () => {
    const buy = atConviction(90, { market: { change_24h_percent: 15.01 }, params: { agent_weights: { solo: 2 } } });
    expect(buy).toMatchObject({
      signal: 'HOLD',
      signal_strength: 0,
      position_size: 0,
      should_execute: false,
      risk_level: 'HIGH',
    });
    expect(reasonOf(buy, 'circuit_breaker')).toEqual({
      code: 'circuit_breaker',
      input: 'change_24h_percent',
      value: 15.01,
      limit: 15,
      blocked: 'BUY',
    });
    const sell = atConviction(10, { market: { fear_greed: 19 } });
    expect(sell).toMatchObject({ signal: 'HOLD', next_state: { consecutive_bearish_count: 0 } });
    expect(reasonOf(sell, 'circuit_breaker')).toMatchObject({ input: 'fear_greed', limit: 20, blocked: 'SELL' });
    expect(codes(sell)).not.toContain('full_sell_signal');
  });

  it('lets a sell pass when exits are not blocked, with its own risk level', () => {
    const params = { circuit_breaker_blocks_exits: false };
    const sell = decide({ scores: { solo: -5 }, market: { fear_greed: 19 }, params });
    // W -5 * .7 -> c 48.25: risk points only for fear
    expect(sell).toMatchObject({ signal: 'SELL', should_execute: true, risk_level: 'MEDIUM' });
    expect(reasonOf(sell, 'circuit_breaker')).toMatchObject({ blocked: null });
    expect(decide({ scores: { solo: 90 }, market: { fear_greed: 19 }, params })).toMatchObject({ signal: 'HOLD' });
    expect(decide({ scores: { solo: 2 }, market: { fear_greed: 19 }, params })).toMatchObject({ risk_level: 'HIGH' });
  });

  it('does not trip exactly at its limits', () => {
    expect(codes(atConviction(75, { market: { fear_greed: 20 } }))).not.toContain('circuit_breaker');
    expect(codes(atConviction(75, { market: { change_24h_percent: -15 } }))).not.toContain('circuit_breaker');
  });
});

describe('the exposure limits', () => {
  it.each([
    [75, 0.95, true],
    [75, 0.9500000001, false],
    [10, 0.01, true],
    [10, 0.0099999999, false],
  ])(
    'at conviction %d with %d of the value in the position, execution is %s',
    (conviction, positionRatio, executed) => {
      expect(atConviction(conviction, { positionRatio }).should_execute).toBe(executed);
    },
  );

  it('name the limit and the ratio', () => {
    expect(reasonOf(atConviction(75, { positionRatio: 0.96 }), 'position_ratio_above_limit')).toEqual({
      code: 'position_ratio_above_limit',
      ratio: 0.96,
      limit: 0.95,
    });
    expect(reasonOf(atConviction(10, { positionRatio: 0 }), 'position_ratio_below_limit')).toMatchObject({ ratio: 0 });
  });

  it('block a sell from a portfolio without value', () => {
    const context = decisionContext({
      scores: { macro: -90, onchain: -90, ta: -90 },
      params: DEFAULT_CONVICTION_PARAMS,
    });
    const worthless = { ...context, portfolio: { cash: '0', quantity: '0', total_value: '0' } };
    expect(agent.decide(worthless)).toMatchObject({ signal: 'SELL', should_execute: false });
  });
});

describe('the risk level', () => {
  it.each([
    [{ fear_greed: 30 }, 60, 'LOW'],
    [{ fear_greed: 29 }, 60, 'MEDIUM'],
    [{ fear_greed: 75 }, 60, 'LOW'],
    [{ fear_greed: 76 }, 60, 'MEDIUM'],
    [{}, 39, 'MEDIUM'],
    [{}, 40, 'LOW'],
    [{}, 85, 'LOW'],
    [{}, 86, 'MEDIUM'],
    [{ change_24h_percent: 7 }, 55, 'LOW'],
    [{ change_24h_percent: 12 }, 55, 'MEDIUM'],
    [{ change_24h_percent: 12.01, fear_greed: 76 }, 55, 'HIGH'],
    [{ change_24h_percent: 12, fear_greed: 76 }, 55, 'MEDIUM'],
  ])('in the market %j with conviction about %d is %s', (market, conviction, level) => {
    expect(atConviction(conviction, { market }).risk_level).toBe(level);
  });
});

describe('the counters', () => {
  it('stop at the largest integer that the database stores', () => {
    const largest = 2_147_483_647;
    const bullish = { consecutive_bullish_count: largest, consecutive_bearish_count: 0 };
    const bearish = { consecutive_bullish_count: 0, consecutive_bearish_count: largest };
    expect(atConviction(60, { state: bullish }).next_state).toEqual(bullish);
    expect(atConviction(10, { state: bearish, positionRatio: 1 }).next_state).toEqual(bearish);
  });

  const state = { consecutive_bullish_count: 4, consecutive_bearish_count: 6 };
  const low = { full_sell_threshold: 10, partial_sell_threshold: 20, buy_threshold: 40 };
  const high = { full_sell_threshold: 60, partial_sell_threshold: 70, buy_threshold: 80 };

  it.each([
    ['a BUY from 50 on', 60, {}, 5, 0],
    ['a BUY at 50', 50, low, 5, 0],
    ['a BUY below 50', 49, low, 0, 0],
    ['a SELL below 45', 44, {}, 0, 7],
    ['a SELL at 45', 45, {}, 0, 0],
    ['a SELL above 45', 65, high, 0, 0],
    ['a HOLD', 52, {}, 0, 0],
  ])('after %s', (_name, conviction, params, bullish, bearish) => {
    expect(atConviction(conviction, { params, state }).next_state).toEqual({
      consecutive_bullish_count: bullish,
      consecutive_bearish_count: bearish,
    });
  });

  it('continue when the signal is not executed', () => {
    expect(atConviction(60, { state, positionRatio: 1 }).next_state.consecutive_bullish_count).toBe(5);
  });

  it('do not change when no decision is taken', () => {
    const context = decisionContext({
      scores: {},
      businessAgents: ['macro'],
      params: DEFAULT_CONVICTION_PARAMS,
      state,
    });
    expect(agent.decide(context)).toMatchObject({ signal: 'HOLD', conviction_score: null, next_state: state });
  });
});
