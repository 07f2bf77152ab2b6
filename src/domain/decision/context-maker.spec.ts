import { describe, expect, it, jest } from '@jest/globals';
import { decisionAgentThat } from '../../../test/support/fake-decision-agent.js';
import { DecisionFault } from '../fault.js';
import type { MarketSnapshot, ObservedValue } from '../market/market-snapshot.js';
import { decideWith } from './check-decision.js';
import { contextMaker, type AnalysisOutcome, type InstanceInput, type SharedInput, frozen } from './context-maker.js';
import type { Decision, DecisionContext } from './decision.js';
import { MultiAgentConvictionDecision } from './multi-agent-conviction/multi-agent-conviction-decision.js';

const observed = (value: number): ObservedValue => ({ value, source: 'test', observed_at: '2024-01-01T00:00:00.000Z' });

const MARKET: MarketSnapshot = {
  market: 'simulated',
  symbol: 'BTC',
  taken_at: '2024-01-01T00:00:00.000Z',
  price: { value: '65000', source: 'test', observed_at: '2024-01-01T00:00:00.000Z' },
  change_24h_percent: observed(2.5),
  fear_greed: observed(55),
  dxy: null,
};

const said = (agent_name: string, score: number | null, status = 'success'): AnalysisOutcome => ({
  agent_name,
  status,
  score,
});

type DecisionInput = SharedInput & InstanceInput;

function input(given: Partial<DecisionInput> = {}): DecisionInput {
  const agent = given.agent ?? new MultiAgentConvictionDecision();
  return {
    agent,
    businessAgents: agent.defaultBusinessAgents,
    analyses: [said('macro', 45), said('onchain', 60), said('ta', -20)],
    market: MARKET,
    channel: { can_short: false, max_leverage: 1 },
    params: agent.defaultParams,
    portfolio: { cash: '7000', quantity: '0.046153846153846153', total_value: '10000' },
    state: { consecutive_bullish_count: 0, consecutive_bearish_count: 0 },
    ...given,
  };
}

const decideFor = (given: DecisionInput): Decision => decideWith(given.agent, contextMaker(given)(given));

function faultOf(given: Partial<DecisionInput>): string {
  try {
    decideFor(input(given));
  } catch (error) {
    if (error instanceof DecisionFault) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'none';
}

const RIGHT = decideFor(input());

describe('deciding for an instance', () => {
  it("passes the scores, the market's values and the params", () => {
    // W = 18 + 24 - 4 = 38, R = 1, c = 69
    expect(RIGHT).toMatchObject({ conviction_score: 69, signal: 'BUY', should_execute: true, distance_to_buy: 0 });
    expect(RIGHT.reasons[0]).toEqual({ code: 'input_absent', input: 'dxy' });
  });

  it.each([
    ['failed', said('ta', 50, 'failed')],
    ['timed out', said('ta', null, 'timeout')],
    ['was unavailable', said('ta', null, 'unavailable')],
    ['succeeded without a score', said('ta', null)],
    ['answered NaN', said('ta', Number.NaN)],
  ])('takes no decision when an agent %s', (_how, outcome) => {
    const decision = decideFor(input({ analyses: [said('macro', 45), said('onchain', 60), outcome] }));
    expect(decision).toMatchObject({ signal: 'HOLD', conviction_score: null, should_execute: false });
    expect(decision.reasons[0]).toEqual({ code: 'agent_unavailable', agent: 'ta' });
  });

  it('passes no analysis of agents outside the definition, and only the counters of the state', () => {
    const decide = jest.fn((_context: DecisionContext<unknown>) => RIGHT);
    const state = { consecutive_bullish_count: 3, consecutive_bearish_count: 0, id: 'secret' };
    decideFor(input({ agent: decisionAgentThat(decide), analyses: [said('ta', 1), said('astrology', 99)], state }));
    const context = decide.mock.calls[0]![0];
    expect(context.analyses).toEqual({ ta: { score: 1 } });
    expect(context.state).toEqual({ consecutive_bullish_count: 3, consecutive_bearish_count: 0 });
    expect(context.market).toEqual({ price: '65000', change_24h_percent: 2.5, fear_greed: 55, dxy: null });
  });

  it('builds the schema once for all instances of a run, and checks shared params once', () => {
    const agent = new MultiAgentConvictionDecision();
    const schema = agent.paramsSchema(agent.defaultBusinessAgents);
    const build = jest.spyOn(agent, 'paramsSchema').mockReturnValue(schema);
    const parse = jest.spyOn(schema, 'safeParse');
    const given = input({ agent });
    const contextFor = contextMaker(given);
    const shared = frozen({ ...agent.defaultParams });
    for (let instance = 0; instance < 10; instance++) contextFor({ ...given, params: shared });
    expect(build).toHaveBeenCalledTimes(1);
    expect(parse).toHaveBeenCalledTimes(1);
  });

  it('checks mutable params every time', () => {
    const given = input();
    const contextFor = contextMaker(given);
    const params: Record<string, unknown> = { ...RIGHT_PARAMS };
    contextFor({ ...given, params });
    params['buy_threshold'] = 'high';
    expect(() => contextFor({ ...given, params })).toThrow(/buy_threshold/);
  });

  it('passes nothing that an agent could change for another instance', () => {
    const given = input({ params: frozen({ ...new MultiAgentConvictionDecision().defaultParams }) });
    const context = contextMaker(given)(given);
    for (const part of [context.business_agents, context.analyses, context.analyses['ta'], context.market]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
    expect(Object.isFrozen(context.channel)).toBe(true);
    expect(Object.isFrozen((context.params as { agent_weights: unknown }).agent_weights)).toBe(true);
  });

  it('refuses params that no longer fit the definition, and names them', () => {
    const fault = faultOf({ businessAgents: ['macro', 'onchain'], params: { ...RIGHT_PARAMS, buy_threshold: 'high' } });
    expect(fault).toMatch(/^params_invalid: /);
    expect(fault).toContain('/agent_weights: The weights must add up to 1');
    expect(fault).toContain('/buy_threshold');
  });
});

const RIGHT_PARAMS = new MultiAgentConvictionDecision().defaultParams;

describe('a decision agent faults only its instance when it', () => {
  it('throws', () => {
    const agent = decisionAgentThat(() => {
      throw new TypeError('x is undefined');
    });
    expect(faultOf({ agent })).toBe('decision_agent_failed: BrokenDecision failed; the log has the cause.');
  });

  it('throws a value that is not an Error', () => {
    const agent = decisionAgentThat(() => {
      const thrown: unknown = 'nonsense';
      throw thrown;
    });
    expect(faultOf({ agent })).toBe('decision_agent_failed: BrokenDecision failed; the log has the cause.');
  });

  it.each([null, undefined, 'BUY', 55, Number.NaN, [], Promise.resolve(RIGHT)])('answers %p', (answer) => {
    expect(faultOf({ agent: decisionAgentThat(() => answer) })).toMatch(/^decision_invalid: /);
  });

  it('returns a promise, and a later rejection does not end the process', async () => {
    const broken = Promise.reject(new Error('late'));
    const heard = jest.spyOn(broken, 'catch');
    expect(faultOf({ agent: decisionAgentThat(() => broken) })).toMatch(/^decision_invalid: /);
    expect(heard).toHaveBeenCalledTimes(1);
  });

  it.each<[keyof Decision, unknown]>([
    ['conviction_score', Number.NaN],
    ['conviction_score', 100.1],
    ['conviction_score', -1],
    ['conviction_score', '55'],
    ['conviction_score', undefined],
    ['weighted_score', Infinity],
    ['risk_factor', -0.1],
    ['contributions', { macro: Number.NaN }],
    ['contributions', null],
    ['signal', 'SHORT'],
    ['signal', null],
    ['signal_strength', Number.NaN],
    ['signal_strength', -0.1],
    ['signal_strength', null],
    ['position_size', 1.01],
    ['position_size', -0.01],
    ['position_size', Infinity],
    ['position_size', Number.NaN],
    ['risk_level', 'EXTREME'],
    ['should_execute', 1],
    ['should_execute', undefined],
    ['reasons', null],
    ['reasons', ['because']],
    ['reasons', [{ code: 'Not Snake' }]],
    ['reasons', [{ code: 'fine', value: Number.NaN }]],
    ['reasons', [{ code: 'fine', value: { a: Infinity } }]],
    ['distance_to_buy', Number.NaN],
    ['distance_to_sell', -1],
    ['next_state', null],
    ['next_state', { consecutive_bullish_count: 1 }],
    ['next_state', { consecutive_bullish_count: 1.5, consecutive_bearish_count: 0 }],
    ['next_state', { consecutive_bullish_count: -1, consecutive_bearish_count: 0 }],
  ])('answers as %s %p', (field, value) => {
    const agent = decisionAgentThat(() => ({ ...RIGHT, [field]: value }));
    expect(faultOf({ agent })).toMatch(new RegExp(`^decision_invalid: .* as ${field}\\.$`));
  });

  it('wants to execute a HOLD, or gives it a size', () => {
    const hold = { ...RIGHT, signal: 'HOLD', position_size: 0, should_execute: false };
    expect(faultOf({ agent: decisionAgentThat(() => hold) })).toBe('none');
    expect(faultOf({ agent: decisionAgentThat(() => ({ ...hold, should_execute: true })) })).toMatch(/should_execute/);
    expect(faultOf({ agent: decisionAgentThat(() => ({ ...hold, position_size: 0.1 })) })).toMatch(/position_size/);
  });
});
