import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import { CLOCK } from '../../src/domain/clock.js';
import { StartError } from '../../src/platform/config/start-error.js';
import { SecretBox } from '../../src/platform/crypto/secret-box.js';
import { ApiKeyService } from '../../src/registry/apis/api-key.service.js';
import { RegistryService } from '../../src/registry/registry.service.js';
import { RegistryStore } from '../../src/registry/registry.store.js';
import { createTestApp, type TestApp } from '../support/app.js';

const KEY = 'abcdef0123456789-canary';
const OTHER_FERNET_KEY = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=';

function codeOf(response: Response): string {
  return `${response.status} ${(response.body as { code?: string }).code ?? ''}`;
}

describe('registries in the back office', () => {
  let t: TestApp;
  let token: string;
  let raceCount = 0;

  beforeAll(async () => {
    t = await createTestApp();
    token = await t.signIn('admin');
    const { dataSource } = t.database;
    await dataSource.query(`DELETE FROM agent_registry; DELETE FROM tool_registry; DELETE FROM api_config`);
    await dataSource.query(
      `INSERT INTO agent_registry (agent_name, display_name, description, agent_module, agent_class, available_tools)
       VALUES ('ta', 'Momentum Scout', 'Charts', 'business-agents/ta', 'TaAgent', '["candles"]'),
              ('macro', 'The Oracle', 'Economy', 'business-agents/macro', 'MacroAgent', '["fear_greed"]')`,
    );
    await dataSource.query(
      `INSERT INTO tool_registry (tool_name, display_name, description, tool_module, tool_function, required_apis, config)
       VALUES ('fear_greed', 'Fear and greed', 'Mood', 'market-data/tools', 'fearGreed', '["alternative_me_api"]', '{}')`,
    );
    await dataSource.query(
      `INSERT INTO api_config (api_name, display_name, description, base_url, rate_limit)
       VALUES ('fred_api', 'FRED', 'Rates', 'https://api.stlouisfed.org', 120),
              ('glassnode_api', 'Glassnode', 'On chain', 'https://api.glassnode.com', 100)`,
    );
  });

  afterAll(() => t.close());

  const get = (path: string, as = token) => t.http.get(`/api/v1/admin/${path}`).auth(as, { type: 'bearer' });
  const patch = (path: string, body: object) =>
    t.http.patch(`/api/v1/admin/${path}`).auth(token, { type: 'bearer' }).send(body);

  const allThatLeaves = async (): Promise<string> => {
    const tables = ['api_config', 'audit_log'];
    const rows = await Promise.all(tables.map((table) => t.database.dataSource.query(`SELECT * FROM ${table}`)));
    const answers = await Promise.all(['apis', 'apis/fred_api', 'audit-log?limit=200'].map((path) => get(path)));
    return JSON.stringify(rows) + answers.map((answer) => answer.text).join();
  };

  const auditLines = (): Promise<unknown> => t.database.dataSource.query('SELECT count(*) FROM audit_log');

  it.each(['agents', 'tools', 'apis', 'agents/macro', 'tools/fear_greed', 'apis/fred_api'])(
    'are for admins only: %s',
    async (path) => {
      for (const role of ['user', 'trader'] as const) {
        expect(codeOf(await get(path, await t.signIn(role)))).toBe('403 not_allowed');
      }
      expect((await t.http.get(`/api/v1/admin/${path}`)).status).toBe(401);
      expect((await get(path)).status).toBe(200);
    },
  );

  it('are listed by name', async () => {
    const agents = (await get('agents')).body as { items: { agent_name: string }[] };
    expect(agents).toMatchObject({ total: 2, limit: 50, offset: 0 });
    expect(agents.items.map((agent) => agent.agent_name)).toEqual(['macro', 'ta']);
    expect((await get('agents?limit=1&offset=1')).body).toMatchObject({ items: [{ agent_name: 'ta' }], total: 2 });
    expect((await get('tools')).body).toMatchObject({ items: [{ required_apis: ['alternative_me_api'] }] });
    expect((await get('apis')).body).toMatchObject({ items: [{ has_key: false, key_last4: null }, {}] });
    expect(codeOf(await get('agents?sort=agent_name'))).toBe('400 bad_query');
  });

  it('show one row with its version', async () => {
    const response = await get('agents/macro');
    expect(response.headers['etag']).toBe('"v1"');
    expect(response.body).toEqual({
      agent_name: 'macro',
      display_name: 'The Oracle',
      description: 'Economy',
      agent_module: 'business-agents/macro',
      agent_class: 'MacroAgent',
      available_tools: ['fear_greed'],
      is_active: true,
      llm_enabled: false,
      llm_model: null,
      llm_input_price: null,
      llm_output_price: null,
      llm_daily_budget: '1',
      llm_answer_tokens: 600,
      llm_limit_parameter: 'max_tokens',
      llm_sends_temperature: true,
      llm_extra_parameters: {},
      version: 1,
      created_at: expect.any(String),
      updated_at: expect.any(String),
    });
  });

  it.each(['nothing', '%00', '..%2f..', '__proto__', 'x'.repeat(101), '%F0%9F%92%A9'])(
    'have no agent %s',
    async (name) => {
      expect(codeOf(await get(`agents/${name}`))).toBe('404 not_found');
      expect(codeOf(await patch(`agents/${name}`, { is_active: false }))).toBe('404 not_found');
    },
  );

  it('switch agents, tools and APIs, each with a line in the audit log', async () => {
    for (const [kind, path] of [
      ['agent', 'agents/ta'],
      ['tool', 'tools/fear_greed'],
      ['api', 'apis/glassnode_api'],
    ] as const) {
      const changed = await patch(path, { is_active: false }).set('if-match', '"v1"');
      expect(changed.body).toMatchObject({ is_active: false, version: 2 });
      expect(changed.headers['etag']).toBe('"v2"');
      expect(codeOf(await patch(path, { is_active: true }).set('if-match', '"v1"'))).toBe('412 stale_version');
      const [entry] = await t.database.dataSource.query('SELECT * FROM audit_log ORDER BY id DESC LIMIT 1');
      expect(entry).toMatchObject({
        action: `${kind}.changed`,
        target_type: kind,
        before: { is_active: true },
        after: { is_active: false },
      });
    }
    const switches = await t.app.get(RegistryService).switches();
    expect(Object.fromEntries(switches.agents)).toEqual({ macro: true, ta: false });
    expect(Object.fromEntries(switches.tools)).toEqual({ fear_greed: false });
    expect(Object.fromEntries(switches.apis)).toEqual({ fred_api: true, glassnode_api: false });
  });

  it.each(['agents/macro', 'tools/fear_greed', 'apis/fred_api'])(
    'let one of many changes of %s with the same version through, and count every one without',
    async (path) => {
      const { version } = (await get(path)).body as { version: number };
      const race = (headers: Record<string, string>) =>
        Promise.all(Array.from({ length: 6 }, (_, n) => patch(path, raceBody(path, n)).set(headers)));
      const against = await race({ 'if-match': `"v${version}"` });
      expect(against.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412, 412, 412]);
      const free = await race({});
      const versions = free.map(({ body }) => (body as { version: number }).version);
      expect(new Set(versions).size).toBe(6);
      expect(Math.max(...versions)).toBe(version + 7);
      await t.database.dataSource.query(
        `UPDATE agent_registry SET version = 1, display_name = 'The Oracle' WHERE agent_name = 'macro'`,
      );
    },
  );

  /** Different for each call, and from what is there. */
  function raceBody(path: string, n: number): object {
    raceCount += 1;
    return path.startsWith('apis') ? { rate_limit: 1000 + raceCount } : { display_name: `Name ${raceCount} of ${n}` };
  }

  it('write nothing when nothing changes', async () => {
    const before = await auditLines();
    expect((await patch('agents/macro', {})).body).toMatchObject({ version: 1 });
    expect((await patch('agents/macro', { is_active: true, display_name: 'The Oracle' })).body).toMatchObject({
      version: 1,
    });
    expect(await auditLines()).toEqual(before);
  });

  it.each([
    ['agents/macro', { agent_class: 'Evil' }],
    ['agents/macro', { version: 7 }],
    ['agents/macro', { is_active: 'false' }],
    ['agents/macro', { is_active: null }],
    ['agents/macro', { display_name: '' }],
    ['agents/macro', { display_name: '  ' }],
    ['agents/macro', { display_name: 'a\nb' }],
    ['tools/fear_greed', { display_name: 'a\u202eb' }],
    ['agents/macro', { display_name: 'x'.repeat(201) }],
    ['tools/fear_greed', { config: {} }],
    ['apis/fred_api', { api_key_encrypted: 'x' }],
    ['apis/fred_api', { key_last4: 'x' }],
    ['apis/fred_api', { api_key: '' }],
    ['apis/fred_api', { api_key: 'with space' }],
    ['apis/fred_api', { api_key: 'line\nbreak' }],
    ['apis/fred_api', { api_key: 'x'.repeat(501) }],
    ['apis/fred_api', { api_key: 7 }],
    ['apis/fred_api', { rate_limit: 0 }],
    ['apis/fred_api', { rate_limit: 100_001 }],
    ['apis/fred_api', { rate_limit: 1.5 }],
    ['apis/fred_api', { rate_limit: '60' }],
    ['apis/fred_api', { base_url: 'http://api.stlouisfed.org' }],
    ['apis/fred_api', { base_url: 'https://169.254.169.254' }],
    ['apis/fred_api', { base_url: 'https://localhost' }],
    ['apis/fred_api', { base_url: null }],
  ])('refuse for %s: %j', async (path, body) => {
    const before = (await get(path)).body as object;
    expect(codeOf(await patch(path, body))).toBe('422 validation_failed');
    expect((await get(path)).body).toEqual(before);
  });

  it('list all that is wrong at once', async () => {
    const response = await patch('apis/fred_api', { base_url: 'https://127.0.0.1', rate_limit: 0, surprise: 1 });
    const { errors } = response.body as { errors: { pointer: string; code: string }[] };
    expect(errors.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/surprise unknown_field',
      '/rate_limit out_of_range',
      '/base_url invalid_base_url',
    ]);
  });

  it('change address and limit of an API', async () => {
    const changed = await patch('apis/fred_api', { base_url: 'https://api.stlouisfed.org/fred', rate_limit: 60 });
    expect(changed.body).toMatchObject({ base_url: 'https://api.stlouisfed.org/fred', rate_limit: 60 });
    const typed = await patch('apis/fred_api', { base_url: 'HTTPS://API.StLouisFed.org:443/a/../fred//' });
    expect(typed.body).toMatchObject({ base_url: 'https://api.stlouisfed.org/fred' });
  });

  describe('what an API asked for', () => {
    const PAUSED = '2999-01-01T00:00:00.000Z';
    /** Whether the pause holds, and what is owed, in seconds. */
    async function stateAfter(change: object): Promise<{ paused: boolean; owed: number }> {
      const { dataSource } = t.database;
      await dataSource.query(
        `INSERT INTO api_states (api_name, paused_until, next_slot_at) VALUES ('fred_api', $1, now() + interval '1 hour')
         ON CONFLICT (api_name) DO UPDATE SET paused_until = excluded.paused_until, next_slot_at = excluded.next_slot_at`,
        [PAUSED],
      );
      expect((await patch('apis/fred_api', change)).status).toBe(200);
      const [row] = await dataSource.query<{ paused: boolean; owed: number }[]>(
        `SELECT paused_until IS NOT NULL AS paused, extract(epoch FROM next_slot_at - now())::float8 AS owed
         FROM api_states WHERE api_name = 'fred_api'`,
      );
      return row!;
    }
    const limit = (rate_limit: number) => patch('apis/fred_api', { rate_limit });

    it('does not hold for another address, another key, or when it is switched on again', async () => {
      for (const base_url of ['https://api.stlouisfed.org/other', 'https://api.stlouisfed.org']) {
        expect(await stateAfter({ base_url })).toMatchObject({ paused: false });
      }
      for (const api_key of ['another-key-of-fred', null]) {
        expect(await stateAfter({ api_key })).toMatchObject({ paused: false });
      }
      expect(await stateAfter({ is_active: false })).toMatchObject({ paused: true });
      expect(await stateAfter({ is_active: true })).toMatchObject({ paused: false });
      expect(await stateAfter({ base_url: 'https://api.stlouisfed.org' })).toMatchObject({ paused: true });
    });

    it('holds when the limit is changed, and requests that are owed are owed at the new one', async () => {
      await limit(1);
      const raised = await stateAfter({ rate_limit: 1200 });
      expect(raised.paused).toBe(true);
      expect(raised.owed).toBeGreaterThan(0);
      expect(raised.owed).toBeLessThanOrEqual(3);
      const lowered = await stateAfter({ rate_limit: 600 });
      expect(Math.round(lowered.owed / 100)).toBe(72);
      await limit(120);
    });
  });

  describe('keys', () => {
    it('are stored encrypted, read by tools, and never answered', async () => {
      const secret = 's3cr3t-canary-of-the-api';
      const changed = await patch('apis/fred_api', { api_key: KEY, api_secret: secret });
      expect(changed.body).toMatchObject({ has_key: true, has_secret: true, key_last4: 'nary' });
      expect(await t.app.get(ApiKeyService).keysOf('fred_api')).toEqual({ apiKey: KEY, apiSecret: secret });
      const seen = (await allThatLeaves()) + changed.text;
      for (const plain of [KEY, secret]) {
        const forms = [plain, Buffer.from(plain).toString('base64'), Buffer.from(plain).toString('hex')];
        for (const form of forms) expect(seen).not.toContain(form);
      }
      const [entry] = await t.database.dataSource.query('SELECT after FROM audit_log ORDER BY id DESC LIMIT 1');
      expect(entry).toEqual({
        after: { api_key_encrypted: '[hidden]', api_secret_encrypted: '[hidden]', key_last4: 'nary' },
      });
    });

    it('show nothing of themselves when they are short', async () => {
      expect((await patch('apis/fred_api', { api_key: '12345678901' })).body).toMatchObject({
        has_key: true,
        key_last4: null,
      });
      expect((await patch('apis/fred_api', { api_key: '123456789012' })).body).toMatchObject({ key_last4: '9012' });
    });

    it('do not follow an address to another origin, and the answer and the audit log say so', async () => {
      const stored = { api_key: KEY, api_secret: 'secret-of-it' };
      const change = { base_url: 'https://api.stlouisfed.org:8443' };
      await patch('apis/fred_api', { base_url: 'https://api.stlouisfed.org', ...stored });
      const sameOrigin = await patch('apis/fred_api', { base_url: 'https://api.stlouisfed.org/fred' });
      expect(sameOrigin.body).toMatchObject({ has_key: true, has_secret: true, key_removed: false });
      const moved = await patch('apis/fred_api', change);
      expect(moved.body).toMatchObject({ has_key: false, has_secret: false, key_last4: null, key_removed: true });
      const [entry] = await t.database.dataSource.query('SELECT before, after FROM audit_log ORDER BY id DESC LIMIT 1');
      expect(entry).toMatchObject({ before: { key_last4: 'nary' }, after: { ...change, key_last4: null } });
      // A new key in the same request is for the new address; the secret that it does not bring is removed all the same.
      await patch('apis/fred_api', { base_url: 'https://api.stlouisfed.org', ...stored });
      const renewed = await patch('apis/fred_api', { ...change, api_key: '123456789012' });
      expect(renewed.body).toMatchObject({ key_last4: '9012', has_secret: false, key_removed: true });
      await patch('apis/fred_api', { base_url: 'https://api.stlouisfed.org', api_key: KEY });
    });

    it('are removed by null, one without the other', async () => {
      await patch('apis/fred_api', { api_key: KEY, api_secret: 'secret-of-it' });
      const changed = await patch('apis/fred_api', { api_key: null });
      expect(changed.body).toMatchObject({ has_key: false, has_secret: true, key_last4: null });
      expect(await t.app.get(ApiKeyService).keysOf('fred_api')).toEqual({ apiKey: null, apiSecret: 'secret-of-it' });
    });

    it('do not decrypt in another row, and stop the start when they cannot be read', async () => {
      await patch('apis/fred_api', { api_key: KEY, api_secret: null });
      await t.database.dataSource.query(
        `UPDATE api_config SET api_key_encrypted = (SELECT api_key_encrypted FROM api_config WHERE api_name = 'fred_api')
         WHERE api_name = 'glassnode_api'`,
      );
      await expect(t.app.get(ApiKeyService).keysOf('glassnode_api')).rejects.toThrow('cannot be decrypted');
      await t.database.dataSource.query(
        `UPDATE api_config SET api_key_encrypted = NULL WHERE api_name = 'glassnode_api'`,
      );
      const box = new SecretBox([OTHER_FERNET_KEY], t.app.get(CLOCK));
      const withWrongKey = new ApiKeyService(t.app.get(RegistryStore), box);
      await expect(withWrongKey.onApplicationBootstrap()).rejects.toThrow(StartError);
      await expect(withWrongKey.onApplicationBootstrap()).rejects.toThrow('api_key of api_config/fred_api cannot');
      await t.app.get(ApiKeyService).onApplicationBootstrap();
    });
  });

  describe('the LLM mode of an agent', () => {
    const pointersOf = (response: Response): string[] =>
      (response.body as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer).sort();
    const llm = { llm_enabled: true, llm_model: 'small', llm_input_price: '0.150', llm_output_price: 0.6 };

    it('is not switched on without a model and its prices', async () => {
      const { version } = (await get('agents/ta')).body as { version: number };
      const lacking = await patch('agents/ta', { llm_enabled: true });
      expect(codeOf(lacking)).toBe('422 validation_failed');
      expect(pointersOf(lacking)).toEqual(['/llm_input_price', '/llm_model', '/llm_output_price']);
      const partly = await patch('agents/ta', { ...llm, llm_output_price: undefined });
      expect(pointersOf(partly)).toEqual(['/llm_output_price']);
      expect((await get('agents/ta')).body).toMatchObject({ version, llm_enabled: false, llm_model: null });
      expect(codeOf(await patch('agents/nothing', { ...llm, llm_daily_budget: -1 }))).toBe('404 not_found');
    });

    it.each([-1, '-0.01', 1_000_001, 'NaN', '1e3', '', null, true, {}, '0.0000000000000000001'])(
      'takes no amount of %p',
      async (amount) => {
        const wrong = await patch('agents/ta', {
          ...llm,
          llm_daily_budget: amount,
          llm_input_price: amount,
          llm_model: '',
        });
        expect(codeOf(wrong)).toBe('422 validation_failed');
        expect(pointersOf(wrong)).toEqual(['/llm_daily_budget', '/llm_input_price', '/llm_model']);
      },
    );

    it.each([
      ['llm_answer_tokens', 99],
      ['llm_answer_tokens', 100_001],
      ['llm_answer_tokens', 600.5],
      ['llm_answer_tokens', '600'],
      ['llm_answer_tokens', null],
      ['llm_limit_parameter', 'max_output_tokens'],
      ['llm_limit_parameter', ''],
      ['llm_limit_parameter', null],
      ['llm_sends_temperature', 0],
      ['llm_sends_temperature', null],
      ['llm_extra_parameters', []],
      ['llm_extra_parameters', 'enable_thinking'],
      ['llm_extra_parameters', { messages: [] }],
      ['llm_extra_parameters', { text: 'x'.repeat(1000) }],
    ])('takes for %s no %j', async (field, value) => {
      const wrong = await patch('agents/ta', { [field]: value });
      expect(codeOf(wrong)).toBe('422 validation_failed');
      expect(pointersOf(wrong)).toEqual([`/${field}`]);
    });

    it('takes what a model that reasons wants', async () => {
      const wants = {
        llm_answer_tokens: 4000,
        llm_limit_parameter: 'max_completion_tokens',
        llm_sends_temperature: false,
        llm_extra_parameters: { enable_thinking: false },
      };
      expect((await patch('agents/ta', wants)).body).toMatchObject(wants);
      expect((await get('agents/ta')).body).toMatchObject(wants);
    });

    it('is switched on and off with a line in the audit log, and stays whole', async () => {
      const { version } = (await get('agents/ta')).body as { version: number };
      const on = await patch('agents/ta', llm);
      const set = { llm_enabled: true, llm_model: 'small', llm_input_price: '0.15', llm_output_price: '0.6' };
      expect(on.body).toMatchObject({ ...set, llm_daily_budget: '1', version: version + 1 });
      const [entry] = await t.database.dataSource.query('SELECT * FROM audit_log ORDER BY id DESC LIMIT 1');
      expect(entry).toMatchObject({ action: 'agent.changed', target_id: 'ta', after: set });
      expect(entry.before).toEqual({
        llm_enabled: false,
        llm_model: null,
        llm_input_price: null,
        llm_output_price: null,
      });
      // The same amounts, written otherwise, are no change.
      expect((await patch('agents/ta', { ...llm, llm_daily_budget: '1.000' })).body).toMatchObject({
        version: version + 1,
      });
      expect(pointersOf(await patch('agents/ta', { llm_model: null }))).toEqual(['/llm_model']);
      expect((await patch('agents/ta', { llm_enabled: false, llm_model: null })).body).toMatchObject({
        llm_model: null,
      });
      await patch('agents/ta', { is_active: true });
    });
  });
});
