import { describe, expect, it } from '@jest/globals';
import { MultiAgentConvictionDecision } from '../domain/decision/multi-agent-conviction/multi-agent-conviction-decision.js';
import { MomentumRegimeDecision } from '../domain/decision/momentum-regime/momentum-regime-decision.js';
import { readEvaluation } from './evaluation.js';

const agent = new MultiAgentConvictionDecision();

const BODY = {
  analyses: { macro: { score: 45 }, onchain: { score: 60 }, ta: { score: -20 } },
  market: { price: '65000', change_24h_percent: 2.5, fear_greed: 55, dxy: 104 },
  params: { buy_threshold: 55 },
  portfolio: { cash: '7000', quantity: '0.046153846153846153', total_value: '10000' },
  state: { consecutive_bullish_count: 0 },
};

const found = (body: unknown) =>
  readEvaluation(agent, body).violations.map(({ pointer, code }) => `${pointer} ${code}`);
const contextOf = (body: unknown) => readEvaluation(agent, body).context!;

describe('reading a what-if', () => {
  it('accepts the documented example', () => {
    expect(contextOf(BODY)).toEqual({
      business_agents: ['macro', 'onchain', 'ta'],
      analyses: BODY.analyses,
      market: BODY.market,
      symbol: 'BTC',
      // Without a channel in the body, no capability is missing.
      channel: {
        can_short: true,
        max_leverage: 50,
        taker_fee_rate: 0,
        slippage_bps: 0,
        maintenance_margin_rate: 0.01,
      },
      params: agent.defaultParams,
      portfolio: {
        ...BODY.portfolio,
        open_positions: [{ symbol: 'BTC', side: 'long' }],
        minutes_since_last_trade: null,
      },
      state: { consecutive_bullish_count: 0, consecutive_bearish_count: 0 },
    });
  });

  it('has sensible defaults for omitted parts', () => {
    const context = contextOf({ analyses: {}, market: { price: 65000 } });
    expect(context).toMatchObject({
      analyses: {},
      market: { price: '65000', change_24h_percent: null, fear_greed: null, dxy: null },
      params: agent.defaultParams,
      portfolio: { cash: '10000', quantity: '0', total_value: '10000' },
      state: { consecutive_bullish_count: 0, consecutive_bearish_count: 0 },
    });
  });

  it('includes the holding in an omitted total value', () => {
    const { portfolio } = contextOf({ ...BODY, portfolio: { cash: 100, quantity: '0.5' } });
    expect(portfolio).toMatchObject({ cash: '100', quantity: '0.5', total_value: '32600' });
  });

  it('reads the outputs that a decision agent needs besides scores, and no others', () => {
    const momentum = new MomentumRegimeDecision();
    const ta = { score: 80, signal: 'SHORT', strength: 0.8, confidence: 0.7, atr: 500 };
    const body = {
      analyses: { regime_filter: { score: -20, regime_score: 40 }, ta_momentum: ta },
      market: { price: 50000 },
      channel: { can_short: false },
      portfolio: { quantity: 0.1, position_side: 'short', minutes_since_last_trade: 5 },
    };
    const { context } = readEvaluation(momentum, body);
    expect(context).toMatchObject({
      analyses: { ta_momentum: ta },
      channel: { can_short: false, max_leverage: 50 },
      portfolio: { open_positions: [{ symbol: 'BTC', side: 'short' }], minutes_since_last_trade: 5 },
    });
    const wrong = { ...body, analyses: { regime_filter: { score: 1, atr: 5 } }, channel: { max_leverage: 0 } };
    expect(
      readEvaluation(momentum, wrong)
        .violations.map(({ pointer }) => pointer)
        .sort(),
    ).toEqual(['/analyses/regime_filter/atr', '/channel/max_leverage']);
  });

  it('refuses an output that is too large to divide by a price', () => {
    const momentum = new MomentumRegimeDecision();
    const ta = { score: 80, signal: 'LONG', strength: 1, confidence: 1, atr: 1e308 };
    const body = { analyses: { ta_momentum: ta }, market: { price: '0.000000000000000001' } };
    expect(readEvaluation(momentum, body).violations.map(({ pointer }) => pointer)).toContain(
      '/analyses/ta_momentum/atr',
    );
  });

  it('accepts null for an absent market value', () => {
    const { market } = contextOf({
      ...BODY,
      market: { price: '1', change_24h_percent: null, fear_greed: null, dxy: null },
    });
    expect(market).toEqual({ price: '1', change_24h_percent: null, fear_greed: null, dxy: null });
  });

  it('passes scores beyond +-100 for the decision agent to clamp', () => {
    expect(contextOf({ ...BODY, analyses: { macro: { score: 1e308 } } }).analyses).toEqual({ macro: { score: 1e308 } });
  });

  it('merges the params over the defaults', () => {
    expect(contextOf({ ...BODY, params: { buy_threshold: 60 } }).params).toEqual({
      ...agent.defaultParams,
      buy_threshold: 60,
    });
  });

  it('names every violation of body and params at once', () => {
    const body = {
      analyses: {
        macro: { score: '45' },
        astrology: { score: 1 },
        ta: { score: Number.NaN },
        onchain: { score: 1, mood: 2 },
      },
      market: { price: '1e5', change_24h_percent: -101, fear_greed: 101, dxy: 0, vix: 20 },
      params: { buy_threshold: 200, nonsense: 1, agent_weights: { macro: 0.9 } },
      portfolio: { cash: -1, quantity: 'many', total_value: null },
      state: { consecutive_bullish_count: 1.5, consecutive_bearish_count: -1, mood: 1 },
      extra: true,
    };
    expect(found(body).sort()).toEqual([
      '/analyses/astrology unknown_field',
      '/analyses/macro/score wrong_type',
      '/analyses/onchain/mood unknown_field',
      '/analyses/ta/score not_finite',
      '/extra unknown_field',
      '/market/change_24h_percent out_of_range',
      '/market/dxy out_of_range',
      '/market/fear_greed out_of_range',
      '/market/price bad_format',
      '/market/vix unknown_field',
      '/params/agent_weights weights_sum',
      '/params/buy_threshold out_of_range',
      '/params/nonsense unknown_param',
      '/portfolio/cash out_of_range',
      '/portfolio/quantity bad_format',
      '/portfolio/total_value wrong_type',
      '/state/consecutive_bearish_count out_of_range',
      '/state/consecutive_bullish_count wrong_type',
      '/state/mood unknown_field',
    ]);
  });

  it('reports missing fields', () => {
    expect(found({})).toEqual(['/analyses required', '/market required']);
    expect(found({ analyses: {}, market: {} })).toEqual(['/market/price required']);
    expect(found({ analyses: { ta: {} }, market: { price: 1 } })).toEqual(['/analyses/ta/score required']);
  });

  it.each([
    [0, 'out_of_range'],
    [-1, 'out_of_range'],
    ['0', 'out_of_range'],
    ['', 'bad_format'],
    ['NaN', 'bad_format'],
    ['1e5', 'bad_format'],
    [1e30, 'bad_format'],
    [Number.NaN, 'not_finite'],
    [Infinity, 'not_finite'],
    [null, 'wrong_type'],
    [true, 'wrong_type'],
    [['65000'], 'wrong_type'],
    [{}, 'wrong_type'],
  ])('refuses the price %p: %s', (price, code) => {
    expect(found({ ...BODY, market: { price } })).toEqual([`/market/price ${code}`]);
  });

  it('states the limits of an amount', () => {
    const message = (price: unknown) => readEvaluation(agent, { ...BODY, market: { price } }).violations[0]?.message;
    const limits = 'at most 20 digits before the point and 18 after it, and no exponent';
    expect(message(1e30)).toBe(`"price" must be a decimal string or a number with ${limits}.`);
    expect(message('1e5')).toBe(`"price" must be a decimal string or a number with ${limits}.`);
    expect(message(-1)).toBe('"price" must be above 0.');
  });

  it('names the known fields, also within an optional part', () => {
    const { violations } = readEvaluation(agent, { ...BODY, state: { mood: 1 }, analyses: { ta: { score: 1, m: 1 } } });
    expect(violations.map(({ message }) => message)).toEqual([
      'There is no field "m" here. Known: score.',
      'There is no field "mood" here. Known: consecutive_bullish_count, consecutive_bearish_count.',
    ]);
  });

  it.each([
    ['null', null],
    ['a list', []],
    ['text', 'x'],
    ['a number', 7],
  ])('refuses %s as a body', (_name, body) => {
    expect(found(body)).toEqual([' wrong_type']);
  });

  it.each([null, [], 'x'])('refuses %p as params', (params) => {
    expect(found({ ...BODY, params })).toEqual(['/params wrong_type']);
  });
});
