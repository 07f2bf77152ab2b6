import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DataSource } from 'typeorm';
import { AGENT_RUNNER, type AgentRunner, AgentNotAsked } from '../../src/business-agents/runner/agent-runner.js';
import type { Analysis } from '../../src/domain/analysis/analysis.js';
import { Money } from '../../src/domain/money/decimal.js';
import { createBusinessAgents } from '../../src/business-agents/business-agents.catalogue.js';
import { LlmCallStore } from '../../src/business-agents/llm/llm-call.store.js';
import { LlmProvider } from '../../src/business-agents/llm/llm-provider.js';
import { LlmReview } from '../../src/business-agents/llm/llm-review.service.js';
import { readMonth } from '../../src/domain/month.js';
import type { LlmSettings } from '../../src/registry/llm-settings.js';
import { RegistryService } from '../../src/registry/registry.service.js';
import { lowestUuidv7 } from '../../src/platform/database/uuid.js';
import { prune } from '../../src/retention/month-pruning.js';
import { databaseOptions } from '../../src/schema.js';
import { createApiClient, setApi } from '../support/api-client.js';
import { testConfig } from '../support/config.js';
import { createTestEngine, type TestEngine } from '../support/engine.js';
import { FixedMarket } from '../support/fixed-market.js';
import { answering } from '../support/llm-answers.js';
import { LocalApi } from '../support/local-api.js';
import { eventually } from '../support/eventually.js';

const VERDICT = { score: 5, confidence: 0.4, reasoning: 'Calm.' };
const AGENT = createBusinessAgents().get('macro');

/** An analysis; another one for each score. */
function analysis(score: number): Analysis {
  const observed_at = '2026-01-15T00:00:00.000Z';
  const factor = { name: 'vix', value: 16, source: 'x', observed_at, normalised: 0, weight: 1, contribution: 0 };
  return { score, signal: 'NEUTRAL', confidence: 0.9, reasoning: 'Calm.', factors: [factor], absent: [] };
}

describe('several processes that ask a language model', () => {
  let engine: TestEngine;
  let api: LocalApi;
  let settings: LlmSettings;

  beforeAll(async () => {
    api = await LocalApi.start();
    engine = await createTestEngine({ source: new FixedMarket('100000'), config: { allowPrivateApiHosts: true } });
    const provider = `${api.address}/v1`;
    await setApi(engine.database, 'llm_api', { baseUrl: provider, key: 'a key of the tests', rateLimit: 60_000 });
    const price = new Money(10);
    settings = {
      provider,
      model: 'small',
      inputPrice: price,
      outputPrice: price,
      dailyBudget: new Money(1),
      answerTokens: 600,
      limitParameter: 'max_tokens',
      sendsTemperature: true,
      extraParameters: {},
    };
  });

  beforeEach(async () => {
    api.requests.length = 0;
    api.answer = answering(VERDICT);
    await sql(`TRUNCATE llm_calls, llm_spending, api_states`);
  });

  afterEach(() => void jest.restoreAllMocks());

  afterAll(async () => {
    api.stop();
    await engine.close();
  });

  const sql = <T>(statement: string) => engine.database.dataSource.query<T[]>(statement);
  const spending = () => sql<{ spent: string; day: string }>(`SELECT spent, day::text FROM llm_spending`);

  /** As another process has it: nothing is shared but the database. */
  async function replica(
    agentTimeoutMs = 30_000,
    store = new LlmCallStore(engine.database.dataSource),
  ): Promise<LlmReview> {
    const client = await createApiClient(engine.database, engine.clock);
    const config = testConfig(engine.database.url, { agentTimeoutMs });
    const registry = engine.app.get(RegistryService, { strict: false });
    return new LlmReview(registry, store, new LlmProvider(client), config, engine.clock);
  }

  const ask = (review: LlmReview, score: number, with_ = settings) =>
    review.of(AGENT, 'BTC', analysis(score), with_, 0);
  const kindOf = (review: Awaited<ReturnType<LlmReview['of']>>) => ('failure' in review ? review.failure.code : 'ok');

  it('never spend more than the budget together, whatever is under way', async () => {
    const replicas = await Promise.all([replica(), replica(), replica()]);
    await ask(replicas[0]!, 0);
    const [{ reserved }] = (await sql<{ reserved: string }>(`SELECT reserved FROM llm_calls`)) as [
      { reserved: string },
    ];
    await sql(`TRUNCATE llm_calls, llm_spending`);
    api.requests.length = 0;
    // Answers wait until all have asked, so that nothing is settled before the last is let through or not.
    const waiting: (() => void)[] = [];
    api.answer = (request, response) => void waiting.push(() => answering(VERDICT)(request, response));
    const poor = { ...settings, dailyBudget: new Money(reserved).times('4.5') };
    const asked = Promise.all(Array.from({ length: 12 }, (_, n) => ask(replicas[n % 3]!, n - 6, poor)));
    await eventually('four questions', async () => (waiting.length >= 4 ? true : null));
    await sleep(300);
    for (const answer of waiting) answer();
    const kinds = (await asked).map(kindOf);
    expect(kinds.filter((kind) => kind === 'ok')).toHaveLength(4);
    expect(kinds.filter((kind) => kind === 'llm_budget_spent')).toHaveLength(8);
    expect(api.requests).toHaveLength(4);
    // What was set aside has become what it cost.
    expect(Number((await spending())[0]!.spent)).toBeCloseTo(4 * 0.0045, 12);
  });

  it('ask the same content once, and all have the answer', async () => {
    const replicas = await Promise.all([replica(), replica(), replica()]);
    api.answer = (request, response) => setTimeout(() => answering(VERDICT)(request, response), 300);
    const reviews = await Promise.all(Array.from({ length: 9 }, (_, n) => ask(replicas[n % 3]!, 10)));
    expect(reviews.map(kindOf)).toEqual(Array(9).fill('ok'));
    expect(api.requests).toHaveLength(1);
    expect(reviews.filter(({ llm }) => Number(llm.cost) > 0)).toHaveLength(1);
    expect(new Set(reviews.map(({ llm }) => llm.callId)).size).toBe(1);
  });

  it('share a failure, too', async () => {
    const [one, other] = await Promise.all([replica(), replica()]);
    api.answer = (request, response) => setTimeout(() => answering('prose')(request, response), 300);
    const reviews = await Promise.all([ask(one, 10), ask(other, 10)]);
    expect(reviews.map(kindOf)).toEqual(['llm_invalid_answer', 'llm_invalid_answer']);
    expect(api.requests).toHaveLength(1);
  });

  it('wait no longer than an agent has time, and take over what somebody who is gone has asked', async () => {
    const review = await replica(1500);
    const { id } = await gone();
    expect(kindOf(await ask(review, 10))).toBe('llm_timed_out');
    expect(api.requests).toHaveLength(0);
    engine.clock.advance(60_000);
    const after = await ask(review, 10);
    expect(kindOf(after)).toBe('ok');
    expect(after.llm.callId).not.toBe(id);
    const states = await sql(
      `SELECT status, error->>'code' AS code, cost = reserved AS charged FROM llm_calls ORDER BY id`,
    );
    expect(states).toEqual([
      { status: 'failed', code: 'llm_timed_out', charged: true },
      { status: 'answered', code: null, charged: false },
    ]);
    const spent = (await spending())[0]?.spent;
    const [total] = await sql<{ sum: string }>(`SELECT sum(cost) AS sum FROM llm_calls`);
    expect(spent).toBe(total?.sum);
  });

  it('have paid for the question of a process that is gone: asking again costs as much once more', async () => {
    await gone();
    const [{ reserved }] = (await sql<{ reserved: string }>(`SELECT reserved FROM llm_calls`)) as [
      { reserved: string },
    ];
    engine.clock.advance(60_000);
    const twice = new Money(reserved).times(2);
    const short = { ...settings, dailyBudget: twice.minus('0.000001') };
    expect(kindOf(await ask(await replica(), 10, short))).toBe('llm_budget_spent');
    expect(api.requests).toHaveLength(0);
    expect(kindOf(await ask(await replica(), 10, { ...settings, dailyBudget: twice }))).toBe('ok');
    expect(Number((await spending())[0]!.spent)).toBeCloseTo(Number(reserved) + 0.0045, 12);
  });

  it('forget an answer that comes when the question has been given up, and settle it no second time', async () => {
    const review = await replica();
    let release = (): void => undefined;
    api.answer = (request, response) => (release = () => answering(VERDICT)(request, response));
    const slow = ask(review, 10);
    await eventually('the question', async () => (api.requests.length === 1 ? true : null));
    engine.clock.advance(60_000);
    api.answer = answering({ ...VERDICT, score: 6 });
    expect(kindOf(await ask(await replica(), 10))).toBe('ok');
    const [before] = await spending();
    release();
    expect(kindOf(await slow)).toBe('llm_timed_out');
    expect(await spending()).toEqual([before]);
  });

  it('keep an answer that cannot be stored at once, and pay for it once', async () => {
    // Refuses, and counts outside of the transaction that it refuses.
    await sql(`CREATE SEQUENCE refused`);
    await sql(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN PERFORM nextval('refused'); RAISE EXCEPTION 'not at this moment'; END $$`);
    await sql(`CREATE TRIGGER refuse BEFORE UPDATE ON llm_calls FOR EACH ROW EXECUTE FUNCTION refuse()`);
    const asked = ask(await replica(), 10);
    await eventually('two attempts', async () => {
      const [row] = await sql<{ last_value: string }>(`SELECT last_value FROM refused`);
      return Number(row!.last_value) >= 2 ? true : null;
    });
    await sql(`DROP TRIGGER refuse ON llm_calls`);
    expect(kindOf(await asked)).toBe('ok');
    expect(kindOf(await ask(await replica(), 10))).toBe('ok');
    expect(api.requests).toHaveLength(1);
    const calls = await sql(`SELECT status, answer IS NOT NULL AS kept, cost_known FROM llm_calls`);
    expect(calls).toEqual([{ status: 'answered', kept: true, cost_known: true }]);
    expect(Number((await spending())[0]!.spent)).toBeCloseTo(0.0045, 12);
  });

  it('know an answer as theirs that was stored without their hearing of it', async () => {
    const store = new LlmCallStore(engine.database.dataSource);
    const end = store.end.bind(store);
    const ends = jest.spyOn(store, 'end').mockImplementationOnce(async (...given) => {
      await end(...given);
      throw new Error('Connection terminated unexpectedly');
    });
    const review = await ask(await replica(30_000, store), 10);
    expect(review).toMatchObject({ details: { answered_score: VERDICT.score } });
    expect(ends).toHaveBeenCalledTimes(2);
    expect(Number((await spending())[0]!.spent)).toBeCloseTo(0.0045, 12);
  });

  it('keep an answer when it cannot be noted that the provider answers', async () => {
    api.answer = async (request, response) => {
      await sql(`ALTER TABLE api_states RENAME TO api_states_away`);
      answering(VERDICT)(request, response);
    };
    try {
      expect(kindOf(await ask(await replica(), 10))).toBe('ok');
    } finally {
      await sql(`ALTER TABLE api_states_away RENAME TO api_states`);
    }
    expect(await sql(`SELECT status, cost_known FROM llm_calls`)).toEqual([{ status: 'answered', cost_known: true }]);
  });

  it('ask no other provider than the one that the question was made for', async () => {
    const other = await LocalApi.start(answering(VERDICT));
    try {
      await setApi(engine.database, 'llm_api', { baseUrl: `${other.address}/v1` });
      const review = await ask(await replica(), 10);
      expect(kindOf(review)).toBe('llm_unavailable');
      expect([api.requests.length, other.requests.length]).toEqual([0, 0]);
      expect(Number((await spending())[0]!.spent)).toBe(0);
      // A run that begins after the change asks there, and that is what is stored.
      const provider = `${other.address}/v1`;
      expect(await ask(await replica(), 10, { ...settings, provider })).toMatchObject({ llm: { provider } });
      expect(await sql(`SELECT provider FROM llm_calls WHERE status = 'answered'`)).toEqual([{ provider }]);
    } finally {
      await setApi(engine.database, 'llm_api', { baseUrl: settings.provider });
      other.stop();
    }
  });

  it('ask again when the question that stood in the way fails between two looks at it', async () => {
    const second = new DataSource({ ...databaseOptions(engine.database.url), applicationName: 'second' } as never);
    await second.initialize();
    const gate = engine.database.dataSource.createQueryRunner();
    const atGate = (place: number) =>
      eventually(`the second process at gate ${place}`, async () => {
        const [row] = await sql(
          `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = ${place} AND NOT granted AND database =
             (SELECT oid FROM pg_database WHERE datname = current_database())`,
        );
        return row ?? null;
      });
    try {
      // Lets the second process through a claim statement by statement.
      await sql(`CREATE FUNCTION wait_at_gate() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF current_setting('application_name') = 'second' THEN
          PERFORM pg_advisory_xact_lock_shared(TG_ARGV[0]::bigint);
        END IF;
        RETURN NULL; END $$`);
      await sql(`CREATE TRIGGER gate_1 BEFORE UPDATE ON llm_calls EXECUTE FUNCTION wait_at_gate('1')`);
      await sql(`CREATE TRIGGER gate_2 AFTER INSERT ON llm_calls EXECUTE FUNCTION wait_at_gate('2')`);
      await gate.query(`SELECT pg_advisory_lock(1), pg_advisory_lock(2)`);
      // It has seen that nobody asks ...
      const review = ask(await replica(30_000, new LlmCallStore(second)), 10);
      await atGate(1);
      // ... when somebody does ...
      let refuse = (): void => undefined;
      api.answer = (request, response) => (refuse = () => answering('prose')(request, response));
      const first = ask(await replica(), 10);
      await eventually('the question', async () => (api.requests.length === 1 ? true : null));
      await gate.query(`SELECT pg_advisory_unlock(1)`);
      // ... so it cannot ask; and before it sees whom it waits for, that one has failed.
      await atGate(2);
      refuse();
      expect(kindOf(await first)).toBe('llm_invalid_answer');
      api.answer = answering(VERDICT);
      await gate.query(`SELECT pg_advisory_unlock(2)`);
      expect(kindOf(await review)).toBe('ok');
      expect(api.requests).toHaveLength(2);
      expect(await sql(`SELECT status FROM llm_calls ORDER BY id`)).toEqual([
        { status: 'failed' },
        { status: 'answered' },
      ]);
      expect(Number((await spending())[0]!.spent)).toBeCloseTo(2 * 0.0045, 12);
    } finally {
      await gate.query(`SELECT pg_advisory_unlock_all()`);
      await gate.release();
      await sql(`DROP FUNCTION wait_at_gate CASCADE`);
      await second.destroy();
    }
  });

  describe('when months are dropped', () => {
    const OLD = lowestUuidv7(Date.parse('2020-01-15T12:00:00Z'));
    const drop = () => prune(engine.database.url, readMonth('2020-02')!);
    const kept = () => sql<{ id: string }>(`SELECT id FROM llm_calls`);

    /** An answer of January 2020 that no analysis rests on. */
    beforeEach(async () => {
      await ask(await replica(), 10);
      await sql(`UPDATE llm_calls SET id = '${OLD}', used_at = now() - interval '2 hours'`);
    });

    it('keep an answer from the store until the analysis that rests on it is written', async () => {
      expect((await ask(await replica(), 10)).llm.callId).toBe(OLD);
      await drop();
      expect(await kept()).toEqual([{ id: OLD }]);
      await sql(`UPDATE llm_calls SET used_at = now() - interval '61 minutes'`);
      await drop();
      expect(await kept()).toEqual([]);
    });

    it('keep one that is used while it is about to go', async () => {
      const using = engine.database.dataSource.createQueryRunner();
      try {
        await using.query(`BEGIN; UPDATE llm_calls SET used_at = clock_timestamp()`);
        const dropped = drop();
        await waiting('DELETE FROM llm_calls');
        await using.query(`COMMIT`);
        await dropped;
      } finally {
        await using.release();
      }
      expect(await kept()).toEqual([{ id: OLD }]);
    });

    it('ask again what goes while they look at it', async () => {
      const dropping = engine.database.dataSource.createQueryRunner();
      try {
        await dropping.query(`BEGIN; DELETE FROM llm_calls`);
        const asked = ask(await replica(), 10);
        await waiting('UPDATE "llm_calls" SET "used_at"');
        await dropping.query(`COMMIT`);
        const review = await asked;
        expect(kindOf(review)).toBe('ok');
        expect(await kept()).toEqual([{ id: review.llm.callId }]);
      } finally {
        await dropping.release();
      }
      expect(api.requests).toHaveLength(2);
    });

    /** A statement waits for another one's row. */
    async function waiting(begin: string): Promise<void> {
      await eventually(`${begin} waits`, async () => {
        const [row] = await sql(
          `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND ltrim(query) LIKE '${begin}%'`,
        );
        return row ?? null;
      });
    }
  });

  it('let what decisions read beside the score follow it', async () => {
    const agent = createBusinessAgents().get('regime_filter');
    const rules = { ...analysis(40), outputs: agent.restate!(analysis(40)) };
    expect(rules.outputs).toMatchObject({ regime_score: 70 });
    api.answer = answering({ ...VERDICT, score: 30 });
    const review = await (await replica()).of(agent, 'BTC', rules, settings, 0);
    expect(review).toMatchObject({ analysis: { score: 30, outputs: { regime_score: 65, vix_score: 50 } } });
  });

  /** A question of a process that died while it waited for the answer. */
  async function gone(): Promise<{ id: string }> {
    const provider = { ask: () => Promise.reject(new Error('killed')) } as unknown as LlmProvider;
    const registry = engine.app.get(RegistryService, { strict: false });
    const store = new LlmCallStore(engine.database.dataSource);
    const config = testConfig(engine.database.url, {});
    const dead = new LlmReview(registry, store, provider, config, engine.clock);
    await expect(ask(dead, 10)).rejects.toThrow('killed');
    const [call] = await sql<{ id: string }>(`SELECT id FROM llm_calls`);
    return call!;
  }

  it('keep what was said with the run: a takeover asks the model only about agents that were not heard', async () => {
    await sql(`UPDATE agent_registry SET llm_enabled = true, llm_model = 'small', llm_input_price = 1,
      llm_output_price = 1 WHERE agent_name IN ('macro', 'onchain', 'ta')`);
    const [runId] = (await engine.planner.planDue()) as [string];
    const runner = engine.app.get<AgentRunner>(AGENT_RUNNER, { strict: false });
    const answer = runner.ask.bind(runner);
    const said = () =>
      sql<{ agent_name: string; mode: string }>(`SELECT agent_name, mode FROM agent_executions ORDER BY 1`);
    let stopped = false;
    jest.spyOn(runner, 'ask').mockImplementation(async (agent, input) => {
      if (agent !== 'ta' || stopped) return answer(agent, input);
      await eventually('what the others say', async () => ((await said()).length === 2 ? true : null));
      stopped = true;
      throw new AgentNotAsked('The worker is stopped.');
    });
    await expect(engine.runs.handle(runId)).rejects.toThrow(AgentNotAsked);
    expect(await said()).toEqual([
      { agent_name: 'macro', mode: 'llm' },
      { agent_name: 'onchain', mode: 'llm' },
    ]);
    expect(api.requests).toHaveLength(2);
    engine.clock.advance(60_000);
    await engine.runs.handle(runId);
    expect((await said()).map(({ mode }) => mode)).toEqual(['llm', 'llm', 'llm']);
    expect(api.requests).toHaveLength(3);
    expect((JSON.parse(api.requests[2]!.body) as { messages: { content: string }[] }).messages[1]!.content).toContain(
      '"agent":"ta"',
    );
  });
});
