import { describe, expect, it } from '@jest/globals';
import { codes, decide } from '../../../../test/support/conviction-decision.js';

describe('the conviction', () => {
  it('explains its inputs in the reasons', () => {
    const decision = decide({
      scores: { macro: 45, onchain: 60, ta: -20 },
      params: { agent_weights: { macro: 0.4, onchain: 0.4, ta: 0.2 } },
      market: { fear_greed: 85, change_24h_percent: -6, dxy: 111 },
    });
    // W = 18 + 24 - 4 = 38, R = .8 * .9 * .85 = .612, c = (38 * .612 + 100) / 2 = 61.628
    expect(decision.weighted_score).toBeCloseTo(38, 12);
    expect(decision.risk_factor).toBeCloseTo(0.612, 12);
    expect(decision.conviction_score).toBeCloseTo(61.628, 12);
    expect(decision.contributions).toEqual({ macro: 18, onchain: 24, ta: -4 });
    expect(decision.reasons.slice(0, 4)).toEqual([
      { code: 'risk_factor', input: 'fear_greed', value: 85, limit: 80, factor: 0.8 },
      { code: 'risk_factor', input: 'change_24h_percent', value: -6, limit: 5, factor: 0.9 },
      { code: 'risk_factor', input: 'dxy', value: 111, limit: 110, factor: 0.85 },
      {
        code: 'conviction',
        weighted_score: decision.weighted_score,
        risk_factor: decision.risk_factor,
        conviction: decision.conviction_score,
        contributions: { macro: 18, onchain: 24, ta: -4 },
      },
    ]);
  });

  it('uses scores beyond +-100 as +-100 and says so', () => {
    const decision = decide({ scores: { one: 250, other: -101 } });
    expect(decision.conviction_score).toBe(50);
    expect(decision.reasons.slice(0, 2)).toEqual([
      { code: 'score_clamped', agent: 'one', given: 250, used: 100 },
      { code: 'score_clamped', agent: 'other', given: -101, used: -100 },
    ]);
  });

  it('skips every rule of an absent value and says so', () => {
    const absent = { fear_greed: null, change_24h_percent: null, dxy: null };
    const decision = decide({ scores: { solo: 100 }, market: absent });
    expect(decision.risk_factor).toBe(1);
    expect(codes(decision)).toEqual([
      'input_absent',
      'input_absent',
      'input_absent',
      'conviction',
      'buy_signal',
      'risk_point',
    ]);
    expect(decision.reasons[2]).toEqual({ code: 'input_absent', input: 'dxy' });
  });

  it.each([
    [{ fear_greed: 20 }, 1],
    [{ fear_greed: 19.99 }, 0.7],
    [{ fear_greed: 80 }, 1],
    [{ fear_greed: 80.01 }, 0.8],
    [{ change_24h_percent: -5 }, 1],
    [{ change_24h_percent: -5.01 }, 0.9],
    [{ change_24h_percent: 10 }, 0.9],
    [{ change_24h_percent: 10.01 }, 0.75],
    [{ dxy: 110 }, 1],
    [{ dxy: 110.01 }, 0.85],
  ])('in the market %j has the risk factor %d', (market, factor) => {
    expect(decide({ market }).risk_factor).toBe(factor);
  });
});
