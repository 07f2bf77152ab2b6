import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PasswordsService } from '../../src/auth/passwords/passwords.service.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { answering } from '../support/llm-answers.js';
import { DISTURBANCES, LocalApi } from '../support/local-api.js';
import { eventually, freePort, startProgram, type Program } from '../support/program.js';
import { secretsIn } from '../support/secret-forms.js';

const KEY = 'sk-canary"key+/of=the<program>0042';
const EMAIL = 'operator@conclave.test';
const PASSWORD = 'a password of the tests';
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

/** The program as it runs for real, with agents in processes of their own, and a provider on this machine. */
describe('the program with a language model', () => {
  let database: TestDatabase;
  let provider: LocalApi;
  let program: Program;
  let base: string;
  let token: string;
  let definition: number;
  let strategy: string;
  const answers: string[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    provider = await LocalApi.start(answering(VERDICT));
    await database.dataSource.query(`INSERT INTO users (email, password_hash, role) VALUES ($1, $2, 'admin')`, [
      EMAIL,
      await new PasswordsService().hash(PASSWORD),
    ]);
    const port = await freePort();
    base = `http://127.0.0.1:${port}`;
    program = startProgram('src/main.js', [], {
      JWT_SECRET: 'a secret that is long enough for the tests',
      ENCRYPTION_KEYS: 'cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=',
      DATABASE_URL: database.url,
      ALLOW_PRIVATE_API_HOSTS: 'true',
      PORT: String(port),
      DEMO: 'false',
      RATE_LIMIT_PER_MINUTE: '0',
      LOG_LEVEL: 'trace',
    });
    await eventually(
      'ready',
      async () => {
        if (program.child.exitCode !== null) throw new Error(`It ended: ${program.output()}`);
        const answer = await fetch(`${base}/health/ready`).catch(() => null);
        return answer?.ok ? true : null;
      },
      60,
    );
    token = (await call<{ access_token: string }>('POST', '/auth/login', { email: EMAIL, password: PASSWORD }))
      .access_token;
    const definitions = await call<{ items: { id: number; name: string }[] }>('GET', '/strategy-definitions');
    definition = definitions.items.find(({ name }) => name === 'multi_agent_btc_v1')!.id;
    const body = { strategy_definition_id: definition, initial_balance: 10_000 };
    strategy = (await call<{ id: string }>('POST', '/strategies', body)).id;
  }, 120_000);

  afterAll(async () => {
    program.child.kill('SIGTERM');
    await program.ended;
    provider.stop();
    await database.close();
  });

  async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${base}/api/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    answers.push(text);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
    return JSON.parse(text) as T;
  }

  /** A run that begins now, when it is over. */
  async function run(): Promise<Run> {
    const { id } = await call<{ id: string }>('POST', `/strategy-definitions/${definition}/runs`);
    return eventually(
      'the run is over',
      async () => {
        const found = await call<Run>('GET', `/runs/${id}`);
        return ['completed', 'degraded', 'failed'].includes(found.status) ? found : null;
      },
      60,
    );
  }

  const of = ({ analyses }: { readonly analyses: readonly Analysis[] }, agent: string): Analysis =>
    analyses.find(({ agent_name }) => agent_name === agent)!;
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
        spent_today: '0',
        last_failure: { code: 'llm_unavailable' },
      },
    ]);
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
      rows.push(await database.dataSource.query(`SELECT * FROM ${table}`));
    }
    expect(answers.length).toBeGreaterThan(20);
    expect(program.output().length).toBeGreaterThan(1000);
    const secrets = { key: KEY };
    expect(secretsIn([...answers, JSON.stringify(rows), program.output()].join('\n'), secrets)).toEqual([]);
  });
});
