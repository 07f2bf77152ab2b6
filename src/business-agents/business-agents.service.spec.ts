import { EventEmitter, once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { FakeMarketSource, toolboxOn } from '../../test/support/fake-market-source.js';
import type { Analysis } from '../domain/analysis/analysis.js';
import { NamedCatalogue } from '../domain/catalogue.js';
import { SimulatedSource } from '../market-data/simulated/simulated-source.js';
import type { BusinessAgent } from './business-agent.js';
import { createBusinessAgents } from './business-agents.catalogue.js';
import { BusinessAgentsService } from './business-agents.service.js';
import { AgentCrashed, AgentNotAsked } from './runner/agent-runner.js';
import { InProcessRunner } from './runner/process-runner.js';

const AGENT_TIMEOUT_MS = 30_000;
const AT = new Date('2026-03-14T12:00:00Z');

const factor = {
  name: 'vix',
  value: 16,
  source: 'test',
  observed_at: '2026-03-14T00:00:00.000Z',
  normalised: 0.5,
  weight: 1,
  contribution: 0.5,
};
const good: Analysis = {
  score: 50,
  signal: 'BULLISH',
  confidence: 1,
  reasoning: 'BULLISH.',
  factors: [factor],
  absent: [],
};

function agent(name: string, analyse: BusinessAgent['analyse']): BusinessAgent {
  return { name, displayName: name, description: '', module: '', className: '', tools: [], factors: [], analyse };
}

/** LLM mode is off. */
const rulesAlone = {
  settings: async () => new Map<string, never>(),
  of: () => Promise.reject(new Error('Nobody is to be asked.')),
};

function serviceOf(catalogue: NamedCatalogue<BusinessAgent>): BusinessAgentsService {
  return new BusinessAgentsService(catalogue, new InProcessRunner(catalogue, AGENT_TIMEOUT_MS), rulesAlone);
}

async function analyse(
  agents: readonly BusinessAgent[],
  names = agents.map(({ name }) => name),
  agentsOff: string[] = [],
) {
  const service = serviceOf(new NamedCatalogue('business agent', agents));
  const toolbox = toolboxOn(new FakeMarketSource(), AT, { agents: agentsOff });
  return service.analyse({ agents: names, symbol: 'BTC', at: AT, toolbox });
}

const nothing = {
  score: null,
  signal: null,
  confidence: null,
  reasoning: null,
  details: { factors: [], absent: [] },
  mode: 'rules',
  degraded: false,
};

describe('business agents are asked', () => {
  it('each once, in the order of the definition', async () => {
    const [a, b] = [
      jest.fn(async () => good),
      jest.fn(async () => ({ ...good, score: 10, signal: 'NEUTRAL' as const })),
    ];
    const outcomes = await analyse([agent('a', a), agent('b', b)], ['b', 'a']);
    expect(outcomes.map(({ agent_name, score }) => [agent_name, score])).toEqual([
      ['b', 10],
      ['a', 50],
    ]);
    expect([a, b].map((mock) => mock.mock.calls.length)).toEqual([1, 1]);
  });

  it('and their output becomes the outcome unchanged', async () => {
    const [outcome] = await analyse([agent('a', async () => good)]);
    expect(outcome).toEqual({
      agent_name: 'a',
      status: 'success',
      score: 50,
      signal: 'BULLISH',
      confidence: 1,
      reasoning: 'BULLISH.',
      details: { factors: [factor], absent: [] },
      mode: 'rules',
      degraded: false,
      error: null,
      duration_ms: expect.any(Number),
    });
  });

  it('concurrently', async () => {
    const gate = new EventEmitter();
    const opened = once(gate, 'open');
    const waits = agent('waits', async () => {
      await opened;
      return good;
    });
    const opens = agent('opens', async () => {
      gate.emit('open');
      return good;
    });
    expect((await analyse([waits, opens])).map(({ status }) => status)).toEqual(['success', 'success']);
  });

  it('successfully with the real catalogue and a complete market', async () => {
    const service = serviceOf(createBusinessAgents());
    const toolbox = toolboxOn(new SimulatedSource('service'), AT);
    const outcomes = await service.analyse({ agents: ['macro', 'onchain', 'ta'], symbol: 'ETH', at: AT, toolbox });
    expect(outcomes.map(({ status, error }) => [status, error])).toEqual([
      ['success', null],
      ['success', null],
      ['success', null],
    ]);
  });
});

describe('a failing agent affects only its own outcome', () => {
  let logged: jest.SpiedFunction<Logger['error']>;

  beforeEach(() => {
    logged = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => {});
  });
  afterEach(() => {
    logged.mockRestore();
  });

  const healthy = agent('healthy', async () => good);

  it('when it throws', async () => {
    const outcomes = await analyse([
      agent('broken', async () => {
        throw new Error('GET https://api.example/x?api_key=secret failed');
      }),
      healthy,
    ]);
    expect(outcomes[0]).toMatchObject({
      ...nothing,
      status: 'failed',
      error: { code: 'agent_failed', message: 'The agent failed; the log has the cause.' },
    });
    expect(logged).toHaveBeenCalledWith('broken failed', expect.stringContaining('api_key=secret'));
    expect(outcomes[1]!.status).toBe('success');
  });

  it('when it throws synchronously, or rejects with a value that is not an Error', async () => {
    const outcomes = await analyse([
      agent('sudden', () => {
        throw new Error('x'.repeat(2000));
      }),
      agent('odd', () => Promise.reject('text')),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['failed', 'failed']);
    for (const { error } of outcomes) {
      expect(error).toEqual({ code: 'agent_failed', message: 'The agent failed; the log has the cause.' });
    }
  });

  it.each([
    ['NaN as score', { score: NaN }],
    ['an infinite score', { score: Infinity }],
    ['a score above 100', { score: 100.0001 }],
    ['a score below -100', { score: -101 }],
    ['no score', { score: undefined }],
    ['a score as text', { score: '50' }],
    ['an unknown signal', { signal: 'BUY' }],
    ['a confidence above 1', { confidence: 1.01 }],
    ['NaN as confidence', { confidence: NaN }],
    ['a factor beyond its bounds', { factors: [{ ...factor, normalised: 1.5 }] }],
    ['a factor of NaN', { factors: [{ ...factor, value: NaN }] }],
    ['no reasoning', { reasoning: null }],
  ])('when it answers %s', async (_what, change) => {
    const [outcome] = await analyse([agent('a', async () => ({ ...good, ...change }) as Analysis)]);
    expect(outcome).toMatchObject({ ...nothing, status: 'failed', error: { code: 'invalid_output' } });
  });

  it.each([undefined, null, 42, 'BULLISH'])('when it answers %p', async (answer) => {
    const [outcome] = await analyse([agent('a', async () => answer as unknown as Analysis)]);
    expect(outcome).toMatchObject({ ...nothing, status: 'failed', error: { code: 'invalid_output' } });
  });

  it('when it crashes its process', async () => {
    const [outcome] = await analyse([agent('a', () => Promise.reject(new AgentCrashed('SIGKILL')))]);
    expect(outcome).toMatchObject({ ...nothing, status: 'failed', error: { code: 'agent_crashed' } });
    expect(outcome!.error!.message).toContain('(SIGKILL)');
  });

  it('but an agent that was never called makes the whole analysis fail, to be retried later', async () => {
    const notAsked = new AgentNotAsked('No process could be started.');
    await expect(analyse([agent('a', () => Promise.reject(notAsked)), healthy])).rejects.toBe(notAsked);
  });

  it('when it is unknown', async () => {
    const [outcome] = await analyse([healthy], ['nobody']);
    expect(outcome).toMatchObject({
      ...nothing,
      status: 'failed',
      error: { code: 'unknown_agent', message: 'There is no business agent "nobody". Known: healthy.' },
    });
  });

  it('when it is switched off, without being called', async () => {
    const ask = jest.fn(async () => good);
    const [outcome] = await analyse([agent('a', ask)], ['a'], ['a']);
    expect(outcome).toMatchObject({ ...nothing, status: 'unavailable', error: { code: 'agent_inactive' } });
    expect(ask).not.toHaveBeenCalled();
  });

  it('when it has too little data: its factors are stored, without a score', async () => {
    const absent = [{ name: 'dxy', weight: 9, reason: 'no_data' }];
    const little = {
      unavailable: 'too_few_factors' as const,
      confidence: 0.1,
      reasoning: 'Without data: dxy.',
      factors: [factor],
      absent,
    };
    const [outcome] = await analyse([agent('a', async () => little)]);
    expect(outcome).toMatchObject({
      status: 'unavailable',
      score: null,
      signal: null,
      confidence: 0.1,
      reasoning: 'Without data: dxy.',
      details: { factors: [factor], absent },
      error: { code: 'too_few_factors', message: 'Without data: dxy.' },
    });
  });

  it('when a tool returns a value from the future', async () => {
    const source = new FakeMarketSource();
    source.seriesAnswers.set('vix', [{ value: 16, source: 'test', observed_at: '2026-03-15T00:00:00Z' }]);
    const service = serviceOf(createBusinessAgents());
    const [outcome] = await service.analyse({
      agents: ['macro'],
      symbol: 'BTC',
      at: AT,
      toolbox: toolboxOn(source, AT),
    });
    expect(outcome).toMatchObject({ ...nothing, status: 'failed', error: { code: 'agent_failed' } });
    expect(outcome!.error!.message).toContain('get_vix');
  });
});

describe('an agent that does not answer', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('times out, and the other agents succeed', async () => {
    const pending = analyse([agent('silent', () => new Promise(() => {})), agent('healthy', async () => good)]);
    let settled = false;
    void pending.then(() => (settled = true));
    await jest.advanceTimersByTimeAsync(AGENT_TIMEOUT_MS - 1);
    expect(settled).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    const outcomes = await pending;
    expect(outcomes[0]).toMatchObject({
      ...nothing,
      status: 'timeout',
      error: { code: 'timeout', message: 'No answer within 30 s.' },
      duration_ms: AGENT_TIMEOUT_MS,
    });
    expect(outcomes[1]!.status).toBe('success');
  });

  it('can fail later without an effect', async () => {
    const late = agent('late', () => new Promise((_, reject) => setTimeout(() => reject(new Error('late')), 60_000)));
    const pending = analyse([late]);
    await jest.advanceTimersByTimeAsync(AGENT_TIMEOUT_MS);
    expect((await pending)[0]!.status).toBe('timeout');
    await jest.advanceTimersByTimeAsync(60_000);
  });

  it('leaves no timer behind when it answers', async () => {
    await analyse([agent('healthy', async () => good)]);
    expect(jest.getTimerCount()).toBe(0);
  });
});
