import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { answering } from '../support/llm-answers.js';
import { DISTURBANCES, LocalApi } from '../support/local-api.js';
import { secretsIn } from '../support/secret-forms.js';
import { ServedProgram } from '../support/served-program.js';

const KEY = 'sk-canary"key+/of=the<program>0042';
const VERDICT = { score: 100, confidence: 0.5, reasoning: 'The model is <b>fond</b> of it.' };

interface Analysis {
  readonly agent_name: string;
  readonly mode: string;
  readonly degraded: boolean;
  readonly score: number;
  readonly reasoning: string;
  readonly error: { readonly code: string } | null;
  readonly details: { readonly llm?: { readonly rules_score: number } };
}

interface Run {
  readonly id: string;
  readonly status: string;
  readonly analyses: readonly Analysis[];
}

/** With a provider on this machine. */
describe('the program with a language model', () => {
  let provider: LocalApi;
  let program: ServedProgram;
  let definition: number;
  let strategy: string;

  beforeAll(async () => {
    provider = await LocalApi.start(answering(VERDICT));
    program = await ServedProgram.start(async () => undefined, { LOG_LEVEL: 'trace' });
    ({ definition, strategy } = await program.addStrategy('multi_agent_btc_v1'));
  }, 120_000);

  afterAll(async () => {
    await program.close();
    provider.stop();
  });

  const call = <T>(method: string, path: string, body?: unknown) => program.call<T>(method, path, body);
  const run = () => program.run<Run>(definition);
  const of = ({ analyses }: { readonly analyses: readonly Analysis[] }, agent: string): Analysis =>
    analyses.find(({ agent_name }) => agent_name === agent)!;
  /** What the log has under this message. */
  const linesOf = (message: string): unknown[] =>
    program
      .output()
      .split('\n')
      .filter((line) => line.includes(`"msg":"${message}"`))
      .map((line) => JSON.parse(line) as unknown);
  const on = (agent: string) =>
    call('PATCH', `/admin/agents/${agent}`, {
      llm_enabled: true,
      llm_model: 'small',
      llm_input_price: 0.15,
      llm_output_price: '0.60',
    });

  it('asks nobody until an administrator says so', async () => {
    const before = await run();
    expect(before.analyses.map(({ mode, degraded }) => [mode, degraded])).toEqual(Array(3).fill(['rules', false]));
    expect(provider.requests).toEqual([]);
  });

  it('asks it from the next run on, shows what it says to all and what it cost to administrators', async () => {
    await call('PATCH', '/admin/apis/llm_api', { base_url: `${provider.address}/v1`, api_key: KEY });
    await on('macro');
    const whole = await run();
    expect(whole.status).toBe('completed');
    const macro = of(whole, 'macro');
    expect(macro).toMatchObject({ mode: 'llm', degraded: false, reasoning: VERDICT.reasoning });
    expect(macro.score).toBeCloseTo(Math.min(macro.details.llm!.rules_score + 15, 100), 9);
    expect(of(whole, 'onchain')).toMatchObject({ mode: 'rules', degraded: false });
    const { items } = await call<{ items: { id: string; agent_name: string; cost: string }[] }>(
      'GET',
      `/admin/llm-calls?run_id=${whole.id}`,
    );
    // 400 * .15 / 1e6 + 50 * .60 / 1e6
    expect(items).toEqual([expect.objectContaining({ agent_name: 'macro', status: 'answered', cost: '0.00009' })]);
    const detail = await call<object>('GET', `/admin/llm-calls/${items[0]!.id}`);
    expect(detail).toMatchObject({ answer: JSON.stringify(VERDICT), verdict: VERDICT });
    expect(JSON.stringify(whole)).not.toContain(provider.address);
  });

  it('computes the decision again without it', async () => {
    const { items } = await call<{ items: { id: string }[] }>('GET', `/strategies/${strategy}/executions?limit=1`);
    const asked = provider.requests.length;
    const path = `/strategies/${strategy}/executions/${items[0]!.id}`;
    expect(of(await call<Run>('GET', path), 'macro')).toMatchObject({ mode: 'llm', reasoning: VERDICT.reasoning });
    expect(await call('GET', `${path}/replay`)).toMatchObject({ identical: true });
    expect(provider.requests).toHaveLength(asked);
  });

  it('goes on by rules while it is down, says so everywhere, and asks it again when it is back', async () => {
    const down = DISTURBANCES['an error page with status 502']!;
    const up = answering(VERDICT);
    // What `macro` looks at may have changed meanwhile.
    provider.answer = (request, response) => (request.body.includes('onchain') ? down : up)(request, response);
    await on('onchain');
    const without = await run();
    expect(without.status).toBe('degraded');
    const rules = { mode: 'rules', degraded: true, error: { code: 'llm_unavailable' } };
    expect(of(without, 'onchain')).toMatchObject(rules);
    const { items } = await call<{ items: { id: string }[] }>('GET', `/strategies/${strategy}/executions?limit=1`);
    expect(of(await call<Run>('GET', `/strategies/${strategy}/executions/${items[0]!.id}`), 'onchain')).toMatchObject(
      rules,
    );
    const system = await call<{
      readonly failures: { readonly items: readonly { run_id: string; degraded_agents: string[] }[] };
      readonly language_models: readonly object[];
      readonly apis: readonly { api: string; status: string }[];
    }>('GET', '/admin/system');
    expect(system.failures.items.find(({ run_id }) => run_id === without.id)).toMatchObject({
      degraded_agents: ['onchain'],
    });
    expect(system.language_models).toMatchObject([
      { agent: 'macro', model: 'small', daily_budget: '1', failed_today: 0, last_failure: null },
      {
        agent: 'onchain',
        questions_today: 1,
        failed_today: 1,
        last_failure: { code: 'llm_unavailable' },
      },
    ]);
    // A gateway may say so when the model has answered: what was set aside stays spent.
    const [question] = (
      await call<{ items: { cost: string; cost_known: boolean }[] }>(
        'GET',
        `/admin/llm-calls?run_id=${without.id}&agent=onchain`,
      )
    ).items;
    expect(question!.cost_known).toBe(false);
    expect(Number(question!.cost)).toBeGreaterThan(0);
    expect(system.language_models[1]).toMatchObject({ spent_today: question!.cost });
    expect(linesOf('analysis')).toContainEqual(
      expect.objectContaining({ run_id: without.id, agent_name: 'onchain', mode: 'rules', degraded: true }),
    );
    expect(linesOf('analysis')).toContainEqual(
      expect.objectContaining({ run_id: without.id, agent_name: 'ta', mode: 'rules', degraded: false }),
    );
    expect(system.apis.find(({ api }) => api === 'llm_api')).toMatchObject({ status: 'failing' });
    provider.answer = up;
    const back = await run();
    expect(back.status).toBe('completed');
    expect(of(back, 'onchain')).toMatchObject({ mode: 'llm', degraded: false });
  });

  it('leaves its key in no answer, no line of the log and no table', async () => {
    provider.answer = answering({ ...VERDICT, reasoning: `Bearer ${KEY}` });
    await on('ta');
    expect(of(await run(), 'ta')).toMatchObject({ degraded: true, error: { code: 'llm_answer_withheld' } });
    await call('GET', '/admin/llm-calls');
    await call('GET', '/admin/audit-log');
    const rows: unknown[] = [];
    for (const table of ['llm_calls', 'agent_executions', 'api_states', 'api_config', 'audit_log', 'strategy_runs']) {
      rows.push(await program.database.dataSource.query(`SELECT * FROM ${table}`));
    }
    const { answers } = program;
    expect(answers.length).toBeGreaterThan(20);
    expect(program.output().length).toBeGreaterThan(1000);
    const secrets = { key: KEY };
    expect(secretsIn([...answers, JSON.stringify(rows), program.output()].join('\n'), secrets)).toEqual([]);
  });
});
