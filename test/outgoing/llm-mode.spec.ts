import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { RefinementDetails } from '../../src/business-agents/agent-outcome.js';
import { type AbsentFactor, type Factor } from '../../src/domain/analysis/analysis.js';
import { analysisFrom, refined } from '../../src/domain/analysis/score.js';
import { Metrics } from '../../src/platform/metrics/metrics.js';
import { setApi } from '../support/api-client.js';
import { createTestEngine, type TestEngine } from '../support/engine.js';
import { FixedMarket } from '../support/fixed-market.js';
import { answering, completionOf, reasoningModel } from '../support/llm-answers.js';
import { DISTURBANCES, LocalApi, sendJson, type Answer } from '../support/local-api.js';

const KEY = 'sk-canary-key-that-nobody-sees-0042';
/** The model has nine tenths of it. */
const AGENT_TIMEOUT_MS = 1500;
const VERDICT = { score: 5, confidence: 0.4, reasoning: 'The model sees it a little otherwise.' };

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

interface Analysis {
  readonly score: number;
  readonly signal: string;
  readonly confidence: number;
  readonly reasoning: string;
  readonly mode: string;
  readonly degraded: boolean;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly details: { readonly llm?: Record<string, unknown> };
  readonly llm_call_id: string | null;
  readonly llm_tokens: number | null;
  readonly llm_cost: string | null;
  readonly run_status: string;
}

interface StoredDetails {
  readonly factors: readonly Factor[];
  readonly absent: readonly AbsentFactor[];
  readonly llm: RefinementDetails;
}

interface Call {
  readonly id: string;
  readonly status: string;
  readonly answer: string | null;
  readonly answer_hash: string | null;
  readonly error: { readonly code: string; readonly detail: string } | null;
  readonly prompt_tokens: number | null;
  readonly cost: string;
  readonly cost_known: boolean;
  readonly reserved: string;
}

describe('a business agent that a language model looks over', () => {
  let engine: TestEngine;
  let api: LocalApi;
  /** What the rules say, the market being the same in all tests. */
  let rules: Analysis;

  beforeAll(async () => {
    api = await LocalApi.start();
    engine = await createTestEngine({
      source: new FixedMarket('100000'),
      config: { allowPrivateApiHosts: true, agentTimeoutMs: AGENT_TIMEOUT_MS },
    });
    rules = await analyse();
    await setApi(engine.database, 'llm_api', { baseUrl: `${api.address}/v1`, key: KEY, rateLimit: 6000 });
  });

  beforeEach(async () => {
    api.requests.length = 0;
    api.answer = answering(VERDICT);
    await sql(`TRUNCATE llm_calls, llm_spending, api_states`);
    await settings({});
  });

  afterAll(async () => {
    api.stop();
    await engine.close();
  });

  const sql = <T>(statement: string, values: unknown[] = []) =>
    engine.database.dataSource.query<T[]>(statement, values);
  const calls = () => sql<Call>(`SELECT * FROM llm_calls ORDER BY id`);
  const spent = async (): Promise<number> =>
    Number((await sql<{ spent: string }>(`SELECT sum(spent) AS spent FROM llm_spending`))[0]!.spent);

  async function settings({
    budget = '1',
    price = '10',
    enabled = true,
    answerTokens = 600,
    limitParameter = 'max_tokens',
    sendsTemperature = true,
  }): Promise<void> {
    await sql(
      `UPDATE agent_registry SET llm_enabled = $1, llm_model = 'small', llm_input_price = $2, llm_output_price = $2,
         llm_daily_budget = $3, llm_answer_tokens = $4, llm_limit_parameter = $5, llm_sends_temperature = $6
       WHERE agent_name = 'macro'`,
      [enabled, price, budget, answerTokens, limitParameter, sendsTemperature],
    );
  }

  /** What a run stores of `macro`. */
  async function analyse(): Promise<Analysis> {
    engine.clock.advance(3_600_000);
    const [run] = await engine.tick();
    const [row] = await sql<Analysis>(
      `SELECT a.*, r.status AS run_status FROM agent_executions a JOIN strategy_runs r ON r.id = a.run_id
       WHERE a.run_id = $1 AND a.agent_name = 'macro'`,
      [run],
    );
    return row!;
  }

  /** That the result of the rules counts, and why. */
  function expectRules(analysis: Analysis, code: string): void {
    const { score, confidence, reasoning } = rules;
    expect(analysis).toMatchObject({ score, confidence, reasoning, mode: 'rules', degraded: true, error: { code } });
    expect(analysis.run_status).toBe('degraded');
    expect(analysis.details).not.toHaveProperty('llm');
  }

  it('counts as the model sees it, within its limits, and both are kept', async () => {
    const verdict = { score: 90, confidence: 1, reasoning: 'All is well.' };
    api.answer = answering(verdict);
    const analysis = await analyse();
    expect(analysis).toMatchObject({
      score: rules.score + 15,
      confidence: rules.confidence,
      reasoning: 'All is well.',
      mode: 'llm',
      degraded: false,
      error: null,
      llm_provider: `${api.address}/v1`,
      llm_model: 'small',
      llm_tokens: 450,
      run_status: 'completed',
    });
    expect(analysis.details.llm).toEqual({
      rules_score: rules.score,
      rules_confidence: rules.confidence,
      rules_reasoning: rules.reasoning,
      answered_score: 90,
      answered_confidence: 1,
      limits: rules.confidence === 1 ? ['score'] : ['score', 'confidence'],
    });
    const [call] = await calls();
    expect(call).toMatchObject({
      id: analysis.llm_call_id,
      status: 'answered',
      verdict,
      answer: JSON.stringify(verdict),
      answer_hash: sha256(JSON.stringify(verdict)),
      prompt_tokens: 400,
      completion_tokens: 50,
      cost_known: true,
    });
    expect(Number(call!.cost)).toBeCloseTo(0.0045, 12);
    expect(Number(analysis.llm_cost)).toBeCloseTo(0.0045, 12);
    expect(await spent()).toBeCloseTo(0.0045, 12);
  });

  it('can be computed again from what is stored, without the model', async () => {
    api.answer = answering({ score: -90, confidence: 0.1, reasoning: 'Nothing is well.' });
    const { score, signal, confidence, reasoning, details } = await analyse();
    const { factors, absent, llm } = details as unknown as StoredDetails;
    const again = analysisFrom(factors, absent);
    if ('unavailable' in again) throw new Error('expected an analysis');
    expect([again.score, again.confidence, again.reasoning]).toEqual([
      llm.rules_score,
      llm.rules_confidence,
      llm.rules_reasoning,
    ]);
    const verdict = { score: llm.answered_score, confidence: llm.answered_confidence, reasoning };
    expect(refined(again, verdict)).toEqual({ score, signal, confidence, limits: llm.limits });
    expect(llm.limits).toEqual(['score', 'confidence']);
  });

  it('is asked about once, with the key in the header alone, no tools, and temperature 0', async () => {
    await analyse();
    expect(api.asked).toEqual(['POST /v1/chat/completions']);
    const [request] = api.requests;
    expect(request!.headers['authorization']).toBe(`Bearer ${KEY}`);
    const body = JSON.parse(request!.body) as Record<string, unknown>;
    expect(Object.keys(body)).toEqual(['model', 'messages', 'temperature', 'max_tokens', 'stream']);
    expect(body).toMatchObject({ model: 'small', temperature: 0 });
    expect(request!.body).not.toContain(KEY);
    // No time is in it: neither that of the run nor those of the factors.
    expect(request!.body).not.toMatch(/202\d-\d\d/);
  });

  it('is asked as a model that reasons wants it, and what it refuses is named', async () => {
    api.answer = reasoningModel(VERDICT);
    expectRules(await analyse(), 'llm_refused');
    await settings({ limitParameter: 'max_completion_tokens', answerTokens: 4000 });
    expectRules(await analyse(), 'llm_refused');
    await settings({ limitParameter: 'max_completion_tokens', answerTokens: 4000, sendsTemperature: false });
    expect(await analyse()).toMatchObject({ mode: 'llm', degraded: false });
    const body = JSON.parse(api.requests[2]!.body) as Record<string, unknown>;
    expect(Object.keys(body)).toEqual(['model', 'messages', 'max_completion_tokens', 'stream']);
    expect(body).toMatchObject({ max_completion_tokens: 4000 });
    const [first, second, third] = await calls();
    expect(first!.error!.detail).toMatch('It takes no max_tokens');
    expect(second!.error!.detail).toMatch('It takes no temperature');
    // What it may take is set aside: 3,400 tokens more at 10 USD for a million.
    expect(Number(third!.reserved) - Number(first!.reserved)).toBeCloseTo(0.034, 12);
    expect(await spent()).toBeCloseTo((400 * 10 + 2500 * 10) / 1e6, 12);
  });

  it('may lower the confidence, and is not asked when it is off', async () => {
    expect(await analyse()).toMatchObject({ confidence: 0.4, mode: 'llm' });
    await settings({ enabled: false });
    const { score, confidence } = rules;
    expect(await analyse()).toMatchObject({ score, confidence, mode: 'rules', degraded: false, llm_call_id: null });
    expect(api.requests).toHaveLength(1);
  });

  it('is kept as what it said, with the hash of what is kept', async () => {
    api.answer = answering('Up\0 or \ud800 down?');
    expectRules(await analyse(), 'llm_invalid_answer');
    const [call] = await calls();
    expect(call).toMatchObject({ answer: 'Up\ufffd or \ufffd down?', answer_hash: sha256(call!.answer!) });
  });

  it('is answered from the store when the content is the same, at no cost', async () => {
    const first = await analyse();
    const again = await analyse();
    expect(again).toMatchObject({
      score: first.score,
      reasoning: VERDICT.reasoning,
      mode: 'llm',
      llm_call_id: first.llm_call_id,
      llm_tokens: 0,
    });
    expect(Number(again.llm_cost)).toBe(0);
    const reviews = await engine.app
      .get(Metrics, { strict: false })
      .registry.getSingleMetricAsString('conclave_llm_reviews_total');
    expect(reviews).toMatch(/agent="macro",outcome="answered"\} \d/);
    expect(reviews).toMatch(/agent="macro",outcome="stored"\} \d/);
    expect(api.requests).toHaveLength(1);
    expect(await spent()).toBeCloseTo(0.0045, 12);
  });

  const good = JSON.stringify(VERDICT);
  const escaped = [...KEY].map((letter) => `\\u00${letter.charCodeAt(0).toString(16)}`).join('');
  const HOSTILE: readonly [what: string, code: string, answer: Answer][] = [
    ['an error page', 'llm_invalid_answer', DISTURBANCES['an error page with status 200']!],
    ['an error page of a gateway', 'llm_unavailable', DISTURBANCES['an error page with status 502']!],
    ['JSON that is cut off', 'llm_invalid_answer', DISTURBANCES['JSON that is cut off']!],
    ['a body that is cut off', 'llm_unavailable', DISTURBANCES['a body that is cut off']!],
    ['a reset', 'llm_unavailable', DISTURBANCES['a connection that is reset']!],
    ['a slow body', 'llm_timed_out', DISTURBANCES['a body that comes too slowly']!],
    ['silence', 'llm_timed_out', DISTURBANCES['no answer at all']!],
    ['nothing', 'llm_invalid_answer', DISTURBANCES['nothing']!],
    ['a body without end', 'llm_invalid_answer', DISTURBANCES['a body without end']!],
    ['10 MB', 'llm_invalid_answer', (_q, response) => sendJson(response, completionOf('x'.repeat(10_000_000)))],
    ['a redirect', 'llm_unavailable', DISTURBANCES['a redirect']!],
    ['401', 'llm_unavailable', (_q, response) => response.writeHead(401).end(`{"error": "wrong key ${KEY}"}`)],
    ['404', 'llm_refused', (_q, response) => response.writeHead(404).end('{"error": "no such model"}')],
    ['500', 'llm_unavailable', (_q, response) => response.writeHead(500).end('{"error": "oops"}')],
    ['no choices', 'llm_invalid_answer', (_q, response) => sendJson(response, { choices: [] })],
    ['another schema', 'llm_invalid_answer', answering({ action: 'BUY', amount: 'all' })],
    ['prose', 'llm_invalid_answer', answering('I would buy.')],
    ['1e999', 'llm_invalid_answer', answering(good.replace('5', '1e999'))],
    ['NaN', 'llm_invalid_answer', answering(good.replace('5', 'NaN'))],
    ['a refusal', 'llm_refused', answering(null, { message: { refusal: 'I cannot do that.' } })],
    ['half an answer', 'llm_invalid_answer', answering(VERDICT, { finish_reason: 'length' })],
    ['a tool', 'llm_invalid_answer', answering(VERDICT, { message: { tool_calls: [{ id: 'x' }] } })],
    ['the key', 'llm_answer_withheld', answering({ ...VERDICT, reasoning: `It is ${KEY}.` })],
    [
      'the key in base64',
      'llm_answer_withheld',
      answering({ ...VERDICT, reasoning: Buffer.from(`The key is ${KEY}!`).toString('base64') }),
    ],
    ['the key in escapes', 'llm_answer_withheld', answering(good.replace('otherwise', escaped))],
    // What is no verdict is kept, too.
    ['the key in prose', 'llm_answer_withheld', answering(`Bearer ${KEY}`)],
    ['the key in escapes in prose', 'llm_answer_withheld', answering(`It is ${escaped}.`)],
    ['a letter of the key in an escape', 'llm_answer_withheld', answering(`\\u0073${KEY.slice(1)}`)],
    ['the key in a field of its own', 'llm_answer_withheld', answering(good.replace('{', `{"${escaped}":1,`))],
    ['the key in a URL', 'llm_answer_withheld', answering(`https://x.example/?k=${KEY.replaceAll('-', '%2D')}`)],
    ['the key in HTML', 'llm_answer_withheld', answering(KEY.replaceAll('-', '&#45;'))],
    [
      'the key in a refusal',
      'llm_answer_withheld',
      answering(null, { message: { refusal: Buffer.from(`no: ${KEY}!`).toString('base64url') } }),
    ],
  ];

  it.each(HOSTILE)(
    'that answers %s leaves the result of the rules (%s), and is used again after it',
    async (...one) => {
      const [, code, answer] = one;
      api.answer = answer;
      const analysis = await analyse();
      expectRules(analysis, code);
      expect(api.requests).toHaveLength(1);
      const [call] = await calls();
      expect(call).toMatchObject({ id: analysis.llm_call_id, status: 'failed', error: { code } });
      const kept = JSON.stringify([await calls(), analysis, await sql(`SELECT * FROM api_states`)]);
      expect(kept.toLowerCase()).not.toContain(KEY);
      if (code === 'llm_answer_withheld') expect(call).toMatchObject({ answer: null, answer_hash: null });
      expect(kept).not.toContain(Buffer.from(KEY).toString('base64').slice(4, -4));
      api.answer = answering(VERDICT);
      expect(await analyse()).toMatchObject({ mode: 'llm', degraded: false, run_status: 'completed' });
    },
  );

  it('is not asked while the provider wants to be left alone, and is asked after it', async () => {
    api.answer = (_request, response) => response.writeHead(429, { 'retry-after': '120' }).end();
    expectRules(await analyse(), 'llm_unavailable');
    expectRules(await analyse(), 'llm_unavailable');
    expect(api.requests).toHaveLength(1);
    expect(await spent()).toBe(0);
    await sql(`UPDATE api_states SET paused_until = now()`);
    api.answer = answering(VERDICT);
    expect(await analyse()).toMatchObject({ mode: 'llm' });
  });

  it.each([
    ['there is no key', { key: null }, { key: KEY }],
    ['the API is switched off', { isActive: false }, { isActive: true }],
    ['nobody listens', { baseUrl: 'http://127.0.0.1:9/v1' }, {}],
  ])('leaves the result of the rules when %s, which costs nothing', async (_what, wrong, right) => {
    await setApi(engine.database, 'llm_api', wrong);
    expectRules(await analyse(), 'llm_unavailable');
    expect(await spent()).toBe(0);
    await setApi(engine.database, 'llm_api', { baseUrl: `${api.address}/v1`, ...right });
    expect(await analyse()).toMatchObject({ mode: 'llm' });
  });

  it.each([
    ['OpenAI without quota', 429, { message: 'You exceeded your current quota.', type: 'insufficient_quota' }],
    ['DeepSeek without balance', 402, { message: 'Insufficient Balance' }],
  ])('says that the account has no credit: %s', async (_who, status, error) => {
    api.answer = (_request, response) => response.writeHead(status).end(JSON.stringify({ error }));
    expectRules(await analyse(), 'llm_no_credit');
    expect(await spent()).toBe(0);
  });

  it('sends the parameters of the agent, and says which one a model wants', async () => {
    const message = 'parameter.enable_thinking must be set to false for non-streaming calls';
    api.answer = (request, response) => {
      const asked = JSON.parse(request.body) as Record<string, unknown>;
      if (asked['enable_thinking'] !== false)
        return void response.writeHead(400).end(JSON.stringify({ error: { param: null, message } }));
      return answering(VERDICT)(request, response);
    };
    expectRules(await analyse(), 'llm_refused');
    expect((await calls())[0]).toMatchObject({
      error: { detail: expect.stringContaining('{"enable_thinking": false} among the llm_extra_parameters') },
    });
    await sql(
      `UPDATE agent_registry SET llm_extra_parameters = '{"enable_thinking": false}' WHERE agent_name = 'macro'`,
    );
    expect(await analyse()).toMatchObject({ mode: 'llm' });
    await sql(`UPDATE agent_registry SET llm_extra_parameters = '{}'`);
  });

  it('counts an answer without usage', async () => {
    api.answer = answering(VERDICT, { usage: null });
    expect(await analyse()).toMatchObject({ mode: 'llm' });
  });

  describe('and its budget', () => {
    it.each([
      ['one that gets no answer', DISTURBANCES['no answer at all']!],
      ['an error page of a gateway', DISTURBANCES['an error page with status 502']!],
      ['a gateway that is tired of waiting', (_q: unknown, response: ServerResponse) => response.writeHead(504).end()],
      ['a 408', (_q: unknown, response: ServerResponse) => response.writeHead(408).end()],
      ['an answer without usage', answering(VERDICT, { usage: null })],
      ['an answer whose usage cannot be', answering(VERDICT, { usage: { prompt_tokens: -1e9, completion_tokens: 0 } })],
    ])('is charged what was set aside for %s', async (_what, answer) => {
      api.answer = answer;
      await analyse();
      const [call] = await calls();
      expect(call).toMatchObject({ cost: call!.reserved, cost_known: false });
      expect(await spent()).toBe(Number(call!.reserved));
    });

    it.each([400, 401, 404, 429])('is charged nothing for a question that was refused with %i', async (status) => {
      api.answer = (_request, response) => response.writeHead(status).end();
      await analyse();
      expect((await calls())[0]).toMatchObject({ cost_known: true });
      expect(await spent()).toBe(0);
    });

    it('when it may not suffice, nobody is asked; the next day they are', async () => {
      api.answer = answering(VERDICT, { usage: { prompt_tokens: 100, completion_tokens: 1 } });
      await analyse();
      const reserved = Number((await calls())[0]!.reserved);
      await settings({ budget: String(reserved * 0.999) });
      await sql(`TRUNCATE llm_calls`);
      const poor = await analyse();
      expectRules(poor, 'llm_budget_spent');
      expect(poor).toMatchObject({ llm_call_id: null, llm_tokens: 0 });
      expect(await calls()).toEqual([]);
      // The cost of the first question (.00101) and another that is set aside fit to a hair.
      await settings({ budget: String(reserved + 0.00101) });
      expect(await analyse()).toMatchObject({ mode: 'llm' });
      await sql(`TRUNCATE llm_calls`);
      expectRules(await analyse(), 'llm_budget_spent');
      engine.clock.advance(24 * 3_600_000);
      expect(await analyse()).toMatchObject({ mode: 'llm' });
      expect(api.requests).toHaveLength(3);
    });
  });
});
