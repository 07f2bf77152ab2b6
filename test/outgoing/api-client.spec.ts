import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { type ApiCall, ApiFailure } from '../../src/registry/apis/calls/api-call.js';
import type { ApiClient } from '../../src/registry/apis/calls/api-client.js';
import { ApiStateStore } from '../../src/registry/apis/calls/api-state.store.js';
import { createApiClient, setApi } from '../support/api-client.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { DISTURBANCES, LocalApi, sendJson } from '../support/local-api.js';
import { eventually } from '../support/eventually.js';

const KEY = 'key-that-nobody-must-see-1234';
const READ: ApiCall = { apiName: 'fred_api', path: '/fred/x', repeatable: true };
const shape = z.object({ answer: z.number() });

describe('the client of outside APIs', () => {
  let database: TestDatabase;
  let api: LocalApi;
  let client: ApiClient;

  beforeAll(async () => {
    database = await createTestDatabase();
    api = await LocalApi.start();
  });

  beforeEach(async () => {
    api.requests.length = 0;
    api.answer = (_request, response) => sendJson(response, { answer: 42 });
    await database.dataSource.query(`TRUNCATE api_states`);
    await setApi(database, 'fred_api', { baseUrl: api.address, key: KEY, rateLimit: 6000, isActive: true });
    client = await createApiClient(database);
  });

  afterAll(async () => {
    api.stop();
    await database.close();
  });

  /** What a call ends with: its value, or the code of its failure. */
  async function ending(call: Partial<ApiCall> = {}, by = client): Promise<unknown> {
    try {
      return (await by.json({ ...READ, ...call }, shape)).value.answer;
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      expect(error.message).not.toContain(KEY);
      return error.code;
    }
  }

  async function stateOf(apiName = 'fred_api'): Promise<Record<string, unknown>> {
    const [row] = await database.dataSource.query<Record<string, unknown>[]>(
      `SELECT * FROM api_states WHERE api_name = $1`,
      [apiName],
    );
    return row ?? {};
  }

  it('asks below the address of the registry, and says when', async () => {
    await setApi(database, 'fred_api', { baseUrl: `${api.address}/base/` });
    const before = Date.now();
    const answer = await client.json({ ...READ, query: { a: '1 &2' } }, shape);
    expect(answer.value).toEqual({ answer: 42 });
    expect(api.asked).toEqual(['GET /base/fred/x?a=1+%262']);
    expect(Math.abs(answer.sentAt.getTime() - before)).toBeLessThan(5000);
    expect(Math.abs(answer.serverTime!.getTime() - before)).toBeLessThan(5000);
    expect(await stateOf()).toMatchObject({ failures_in_row: 0, last_failure: null, clock_skew_seconds: 0 });
  });

  it('sends the key where the API wants it, and nowhere unless it does', async () => {
    await ending();
    await ending({ keyIn: { query: 'api_key' } });
    await ending({ keyIn: { header: 'X-Api-Key' } });
    const [plain, inQuery, inHeader] = api.requests;
    expect(JSON.stringify([plain!.url.href, plain!.headers])).not.toContain(KEY);
    expect(inQuery!.url.searchParams.get('api_key')).toBe(KEY);
    expect(inHeader!.headers['x-api-key']).toBe(KEY);
    await setApi(database, 'fred_api', { key: null });
    expect(await ending({ keyIn: { query: 'api_key' } })).toBe('key_missing');
    expect(api.requests).toHaveLength(3);
  });

  it('does what an administrator says from the next request on', async () => {
    const moved = await LocalApi.start((_request, response) => sendJson(response, { answer: 7 }));
    try {
      expect(await ending()).toBe(42);
      await setApi(database, 'fred_api', { baseUrl: moved.address });
      expect(await ending()).toBe(7);
      await setApi(database, 'fred_api', { isActive: false });
      expect(await ending()).toBe('switched_off');
      await setApi(database, 'fred_api', { isActive: true });
      expect(await ending()).toBe(7);
      expect([api.requests.length, moved.requests.length]).toEqual([1, 2]);
    } finally {
      moved.stop();
    }
  });

  it.each([
    ['an error page with status 200', 'not_json', 3],
    ['an error page with status 502', 'server_error', 3],
    ['JSON that is cut off', 'not_json', 3],
    ['a body that is cut off', 'unreachable', 3],
    ['a connection that is reset', 'unreachable', 3],
    ['a body that comes too slowly', 'timed_out', 3],
    ['no answer at all', 'timed_out', 3],
    ['nothing', 'not_json', 3],
    ['a body without end', 'answer_too_large', 1],
    ['a redirect', 'redirected', 1],
  ])('turns %s into the failure %s, after %i attempts', async (what, code, attempts) => {
    api.answer = DISTURBANCES[what]!;
    expect(await ending({ maxBytes: 100_000, ...(code === 'timed_out' && { attemptTimeoutMs: 150 }) })).toBe(code);
    expect(api.requests).toHaveLength(attempts);
    expect(await stateOf()).toMatchObject({ failures_in_row: 1, last_failure: { code } });
  });

  const ERROR_PAGE = '<html><h1>403 Forbidden</h1></html>';
  const RESTRICTED = '{"code":0,"msg":"Service unavailable from a restricted location."}';
  const withKey: Partial<ApiCall> = {
    keyIn: { query: 'api_key' },
    refusesKey: ({ status, body }) => status === 400 && body.includes('api_key'),
  };
  it.each([
    ['a wrong question', 400, '{"error_message": "no"}', {}, 'refused', 'it refuses the request (400).'],
    ['nothing there', 404, '', withKey, 'refused', 'it refuses the request (404).'],
    [
      'a key that it does not know',
      400,
      '{"error_message": "api_key"}',
      withKey,
      'key_refused',
      'refuses the key (400)',
    ],
    ['a key that it does not know', 401, '', withKey, 'key_refused', 'refuses the key (401)'],
    ['a key that may not ask this', 403, '{"error": "tier"}', withKey, 'key_refused', 'refuses the key (403)'],
    ['a firewall, to a question without key', 403, ERROR_PAGE, {}, 'blocked', 'a firewall there'],
    ['a firewall that writes JSON', 403, RESTRICTED, {}, 'blocked', 'a firewall there'],
    ['a firewall, to a question with a key', 403, `\n${ERROR_PAGE}`, withKey, 'blocked', 'a firewall there'],
    ['a wall that wants a sign-in', 401, '', {}, 'blocked', 'a firewall there'],
    ['a place that is not served', 451, RESTRICTED, {}, 'blocked', 'the place that this machine asks from (451)'],
    ['a place that is not served', 451, RESTRICTED, withKey, 'blocked', 'the place that this machine asks from (451)'],
  ] as const)('says of a refusal whose it is: %s (%i)', async (_what, status, body, call, code, message) => {
    api.answer = (_request, response) => response.writeHead(status).end(body);
    expect(await ending(call)).toBe(code);
    // Asking again would not help.
    expect(api.requests).toHaveLength(1);
    const failure = { code, message: expect.stringContaining(message) };
    expect(await stateOf()).toMatchObject({ failures_in_row: 1, last_failure: failure });
  });

  it('leaves an API alone whose firewall refuses again and again', async () => {
    api.answer = (_request, response) => response.writeHead(403).end(ERROR_PAGE);
    for (let times = 0; times < 5; times++) expect(await ending()).toBe('blocked');
    expect(await ending()).toBe('circuit_open');
    expect(api.requests).toHaveLength(5);
  });

  it('does not believe an answer of another shape', async () => {
    api.answer = (_request, response) => sendJson(response, { answer: '42' });
    expect(await ending()).toBe('unexpected_answer');
    expect(api.requests).toHaveLength(1);
  });

  it('gets its answer when a second attempt succeeds, and forgets the failures', async () => {
    api.answer = DISTURBANCES['an error page with status 502']!;
    await ending();
    api.requests.length = 0;
    api.answer = (_request, response) =>
      api.requests.length === 1 ? response.writeHead(503).end() : sendJson(response, { answer: 42 });
    expect(await ending()).toBe(42);
    expect(await stateOf()).toMatchObject({ failures_in_row: 0, last_failure: { code: 'server_error' } });
  });

  it('tries again within the time of the call, whatever fraction of a millisecond is left of it', async () => {
    api.answer = (_request, response) =>
      api.requests.length === 1 ? response.writeHead(503).end() : sendJson(response, { answer: 42 });
    expect(await ending({ deadlineMs: 3000.4, attemptTimeoutMs: 60_000 })).toBe(42);
    expect(api.requests).toHaveLength(2);
  });

  it('asks nobody when its time is over, and blames nobody', async () => {
    expect(await ending()).toBe(42);
    expect(await ending({ deadlineMs: 0 })).toBe('no_time');
    expect(api.requests).toHaveLength(1);
    expect(await stateOf()).toMatchObject({ failures_in_row: 0, last_failure: null });
  });

  it('sends once what must not be done twice', async () => {
    api.answer = DISTURBANCES['a connection that is reset']!;
    expect(await ending({ method: 'POST', body: '{}', repeatable: false })).toBe('unreachable');
    expect(api.asked).toEqual(['POST /fred/x']);
  });

  it('leaves an API alone that fails again and again', async () => {
    api.answer = DISTURBANCES['an error page with status 502']!;
    for (let times = 0; times < 3; times++) await ending();
    const asked = api.requests.length;
    expect(asked).toBeLessThanOrEqual(6);
    expect(await ending()).toBe('circuit_open');
    expect(api.requests).toHaveLength(asked);
    await expect(client.send(READ)).rejects.toThrow('for 15 s. The last time: it answers with status 502.');
  });

  it('says how far the API’s clock is off', async () => {
    const ahead = new Date(Date.now() + 3_600_000).toUTCString();
    api.answer = (_request, response) => sendJson(response, { answer: 42 }, { date: ahead });
    await ending();
    const { clock_skew_seconds: skew } = await stateOf();
    expect(Math.abs((skew as number) - 3600)).toBeLessThanOrEqual(5);
  });

  describe('when the API says that it is asked too often', () => {
    function refusing(status: number, headers: Record<string, string>): void {
      api.answer = (_request, response) =>
        api.requests.length === 1
          ? response.writeHead(status, headers).end('{"code": -1003}')
          : sendJson(response, { answer: 42 });
    }

    it.each([
      [429, { 'retry-after': '1' }],
      [418, { 'retry-after': '1' }],
      [
        429,
        { 'retry-after': 'Wed, 21 Oct 2015 07:28:01 GMT', date: 'Wed, 21 Oct 2015 07:28:00 GMT' }, // a clock ten years behind
      ],
    ])('no process asks before the time that it names (%i)', async (status, headers) => {
      refusing(status, headers);
      const replica = await createApiClient(database);
      expect(await ending()).toBe('paused');
      expect(await Promise.all([ending(), ending({}, replica), ending({}, replica)])).toEqual([42, 42, 42]);
      const [first, ...later] = api.requests;
      for (const { at } of later) expect(at - first!.at).toBeGreaterThanOrEqual(1000);
    });

    it('the same holds where it is down for so long (503)', async () => {
      refusing(503, { 'retry-after': '1' });
      const replica = await createApiClient(database);
      const first = ending();
      await eventually('the first request', async () => (api.requests.length === 1 ? true : null));
      await eventually('the pause', async () => (await stateOf())['paused_until'] ?? null);
      expect(await Promise.all([first, ending({}, replica)])).toEqual([42, 42]);
      const [down, ...later] = api.requests;
      for (const { at } of later) expect(at - down!.at).toBeGreaterThanOrEqual(1000);
      api.requests.length = 0;
      refusing(503, { 'retry-after': '120' });
      expect(await ending()).toBe('paused');
      expect(await ending({ repeatable: false }, replica)).toBe('paused');
      expect(api.requests).toHaveLength(1);
      // What it did is noted, though the call ended with the pause.
      expect(await stateOf()).toMatchObject({ failures_in_row: 1, last_failure: { code: 'server_error' } });
    });

    it('what it said before is shown, when another process was told so meanwhile', async () => {
      api.answer = async (_request, response) => {
        await new ApiStateStore(database.dataSource).pause('fred_api', 120);
        response.writeHead(200, { 'content-type': 'text/html' }).end('<html>');
      };
      expect(await ending()).toBe('paused');
      expect(await stateOf()).toMatchObject({ failures_in_row: 1, last_failure: { code: 'not_json' } });
    });

    it('that is what is shown, also when it said something else before', async () => {
      api.answer = (_request, response) =>
        api.requests.length === 1
          ? response.writeHead(502).end()
          : response.writeHead(429, { 'retry-after': '120' }).end();
      expect(await ending()).toBe('paused');
      expect(await stateOf()).toMatchObject({ failures_in_row: 1, last_failure: { code: 'paused' } });
    });

    it('calls that cannot wait so long fail at once, without a request', async () => {
      refusing(418, { 'retry-after': '120' });
      const replica = await createApiClient(database);
      expect(await ending()).toBe('paused');
      expect(await ending()).toBe('paused');
      expect(await ending({}, replica)).toBe('paused');
      expect(api.requests).toHaveLength(1);
      const paused = (await stateOf())['paused_until'] as Date;
      expect(Math.abs(paused.getTime() - Date.now() - 120_000)).toBeLessThan(10_000);
    });

    it.each([429, 418, 503, 403])(
      'no more than three days of it are believed (%i), and what it said is shown',
      async (status) => {
        refusing(status, { 'retry-after': '315360000' });
        await ending({ repeatable: false });
        const { paused_until, last_failure } = await stateOf();
        expect(Math.abs((paused_until as Date).getTime() - Date.now() - 3 * 86_400_000)).toBeLessThan(10_000);
        const message = expect.stringContaining('no requests in the next 3650 days, of which 3 are believed');
        expect(last_failure).toMatchObject({ message });
        expect(await ending()).toBe('paused');
        expect(api.requests).toHaveLength(1);
      },
    );

    it('a shorter pause does not end a longer one', async () => {
      const answered: (() => void)[] = [];
      api.answer = (_request, response) => {
        const seconds = answered.length === 0 ? '120' : '0';
        answered.push(() => response.writeHead(429, { 'retry-after': seconds }).end());
        // Both are under way before one is answered.
        if (answered.length === 2) for (const send of answered) send();
      };
      expect(await Promise.all([ending(), ending()])).toEqual(['paused', 'paused']);
      expect(await ending()).toBe('paused');
      expect(api.requests).toHaveLength(2);
    });
  });

  describe('at the limit of the registry', () => {
    it('no more than that many go out in a minute, from all processes together', async () => {
      // One at once, then one every 12 s: the statement's pace for 6 a minute.
      await setApi(database, 'fred_api', { rateLimit: 6 });
      const processes = [new ApiStateStore(database.dataSource), new ApiStateStore(database.dataSource)];
      await processes[0]!.admit('fred_api', 1);
      await database.dataSource.query(`UPDATE api_states SET next_slot_at = now()`);
      let admitted = 0;
      for (let seconds = 0; seconds < 60; seconds += 12) {
        const kinds = await Promise.all(Array.from({ length: 6 }, (_, n) => processes[n % 2]!.admit('fred_api', 1)));
        admitted += kinds.filter(({ kind }) => kind === 'admitted').length;
        await database.dataSource.query(`UPDATE api_states SET next_slot_at = next_slot_at - interval '12 s'`);
      }
      expect(admitted).toBe(5);
      const [row] = await database.dataSource.query<{ debt: number }[]>(
        `SELECT extract(epoch FROM next_slot_at - now())::float AS debt FROM api_states`,
      );
      expect(row!.debt).toBeLessThan(1);
    });

    it('a call waits for its turn, and may cost more than one', async () => {
      await setApi(database, 'fred_api', { rateLimit: 60 });
      expect(await ending({ cost: 10 })).toBe(42);
      expect(await ending({ deadlineMs: 10 })).toBe('rate_limited');
      expect(await ending()).toBe(42);
    });

    it('a call that would have to wait too long fails', async () => {
      await setApi(database, 'fred_api', { rateLimit: 1 });
      expect(await ending()).toBe(42);
      expect(await ending()).toBe('rate_limited');
      expect(api.requests).toHaveLength(1);
    });
  });
});
