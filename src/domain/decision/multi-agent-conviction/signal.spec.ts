import { describe, expect, it } from '@jest/globals';
import { atConviction, codes, decide, reasonOf, type Given } from '../../../../test/support/conviction-decision.js';

describe('the signal', () => {
  it.each([
    [55, 'BUY', 'buy_signal'],
    [54.99, 'HOLD', 'hold_band'],
    [50, 'HOLD', 'hold_band'],
    [49.99, 'SELL', 'partial_sell_signal'],
    [45, 'SELL', 'partial_sell_signal'],
    [44.99, 'SELL', 'full_sell_signal'],
  ])('at conviction %d is %s (%s)', (conviction, signal, code) => {
    const decision = atConviction(conviction);
    expect(decision.signal).toBe(signal);
    expect(codes(decision)).toContain(code);
    expect(decision.should_execute).toBe(signal !== 'HOLD');
  });

  it('never sells everything while the full sell threshold is 0', () => {
    const decision = atConviction(0, { params: { full_sell_threshold: 0 } });
    expect(decision).toMatchObject({ signal: 'SELL', signal_strength: 1, position_size: 0.5 });
  });

  it('can have a strength above 1 when the buy threshold is below 50', () => {
    const params = { full_sell_threshold: 10, partial_sell_threshold: 20, buy_threshold: 25 };
    const decision = atConviction(100, { params });
    expect(decision).toMatchObject({ signal: 'BUY', signal_strength: 1.5 });
    expect(decision.position_size).toBeCloseTo(0.0065, 15);
  });

  it('comes with its distances to BUY and SELL', () => {
    expect(atConviction(53)).toMatchObject({ distance_to_buy: 2, distance_to_sell: 3 });
    expect(atConviction(60)).toMatchObject({ distance_to_buy: 0, distance_to_sell: 10 });
    expect(atConviction(43)).toMatchObject({ distance_to_buy: 12, distance_to_sell: 0 });
  });
});

// At conviction 75: strength .4, size .002 + .4 * .003 = .0032
const size = (given: Given) => atConviction(75, given).position_size;
const counted = (consecutive_bullish_count: number) => atConviction(75, { state: { consecutive_bullish_count } });

describe('the size of a buy', () => {
  it('grows with the strength', () => {
    expect(size({})).toBeCloseTo(0.0032, 15);
  });

  it('accelerates from the threshold on, up to the largest multiplier', () => {
    expect(codes(counted(29))).not.toContain('consecutive_acceleration');
    expect(reasonOf(counted(30), 'consecutive_acceleration')).toMatchObject({
      count: 30,
      threshold: 30,
      multiplier: 1.1,
    });
    // 1.1 + 50 * .9 / 100 = 1.55
    expect(counted(80).position_size).toBeCloseTo(0.0032 * 1.55, 15);
    expect(counted(130).position_size).toBeCloseTo(0.0064, 15);
    expect(counted(5000).position_size).toBeCloseTo(0.0064, 15);
  });

  it('shrinks with the change of the price and with fear', () => {
    const params = { buy_threshold: 50, partial_sell_threshold: 50, agent_weights: { solo: 1 } };
    // 10.01 %: W 100 * .75 -> c 87.5, strength .75 -> .00425 * .5 -> .002125
    const wild = decide({ scores: { solo: 100 }, params, market: { change_24h_percent: -10.01 } });
    expect(wild.position_size).toBeCloseTo(0.002125, 15);
    expect(reasonOf(wild, 'volatility_reduction')).toMatchObject({ value: -10.01, limit: 10, factor: 0.5 });
    // fear 29: c 100, strength 1 -> .005 * .8 = .004
    const afraid = decide({ scores: { solo: 100 }, params, market: { fear_greed: 29 } });
    expect(afraid.position_size).toBeCloseTo(0.004, 15);
    expect(reasonOf(afraid, 'fear_greed_reduction')).toMatchObject({ value: 29, limit: 30, factor: 0.8 });
  });

  it('is clamped to its limits, and says so', () => {
    const small = atConviction(55, { market: { fear_greed: 29 } });
    expect(small.position_size).toBe(0.002);
    expect(reasonOf(small, 'size_limited')).toEqual({
      code: 'size_limited',
      wanted: 0.0016,
      used: 0.002,
      minimum: 0.002,
      maximum: 0.01,
    });
    expect(size({ params: { max_position_size: 0.0031 } })).toBe(0.0031);
    expect(size({ params: { max_position_size: 0.001 } })).toBe(0.001);
  });
});
