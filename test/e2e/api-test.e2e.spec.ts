import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTestApp, type TestApp, type TestUser } from '../support/app.js';
import { as, type Body } from '../support/strategies.js';

const APIS = '/api/v1/admin/apis';
const KEY = 'key-that-nobody-must-see-1234';

describe('POST /admin/apis/{name}/test', () => {
  let t: TestApp;
  let admin: TestUser;
  let server: Server;
  let address: string;
  let seen: { url: string | undefined; headers: IncomingHttpHeaders }[];

  beforeAll(async () => {
    server = createServer((req, res) => {
      seen.push({ url: req.url, headers: req.headers });
      if (req.url === '/moved') return res.writeHead(302, { location: `${address}/ok` }).end();
      if (req.url === '/large') return res.end('x'.repeat(300 * 1024));
      if (req.url === '/silent') return undefined;
      return res.writeHead(req.url === '/missing' ? 404 : 200).end('{}');
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    t = await createTestApp({ config: { allowPrivateApiHosts: true } });
    admin = await t.signUp('admin');
  });

  beforeEach(() => {
    seen = [];
  });

  afterAll(async () => {
    await t.close();
    server.closeAllConnections();
    server.close();
  });

  async function test(url: string, app = t, by = admin): Promise<Body> {
    await app.database.dataSource.query(`UPDATE api_config SET base_url = $1 WHERE api_name = 'fred_api'`, [url]);
    const response = await as(app.http.post(`${APIS}/fred_api/test`), by);
    expect(response.status).toBe(200);
    return response.body as Body;
  }

  it('says that an API answers, with what status and how fast, and does not send it the key', async () => {
    await as(t.http.patch(`${APIS}/fred_api`), admin).send({ api_key: KEY, api_secret: KEY });
    const body = await test(`${address}/ok`);
    expect(body).toEqual({
      reachable: true,
      status: 200,
      latency_ms: expect.any(Number),
      code: null,
      message: 'It answers with status 200.',
    });
    expect(body['latency_ms']).toBeLessThan(5000);
    expect(seen.map(({ url }) => url)).toEqual(['/ok']);
    expect(JSON.stringify(seen)).not.toContain(KEY);
  });

  it('counts an error of the API as an answer', async () => {
    expect(await test(`${address}/missing`)).toMatchObject({ reachable: true, status: 404 });
  });

  it('does not follow a redirect', async () => {
    expect(await test(`${address}/moved`)).toMatchObject({
      reachable: true,
      status: null,
      code: 'redirected',
      message: 'fred_api answers with a redirect (302).',
    });
    expect(seen.map(({ url }) => url)).toEqual(['/moved']);
  });

  it('reads no more than 256 KiB', async () => {
    expect(await test(`${address}/large`)).toMatchObject({
      reachable: true,
      status: null,
      message: expect.stringContaining('262144'),
    });
  });

  it('gives up after 5 seconds', async () => {
    const body = await test(`${address}/silent`);
    expect(body).toMatchObject({ reachable: false, status: null });
    expect(body['message']).toBe('fred_api did not answer within 5000 ms.');
  });

  it('says that nobody is there', async () => {
    const closed = createServer();
    await new Promise<void>((listening) => closed.listen(0, '127.0.0.1', listening));
    const { port } = closed.address() as AddressInfo;
    await new Promise((done) => closed.close(done));
    expect(await test(`http://127.0.0.1:${port}`)).toMatchObject({
      reachable: false,
      status: null,
      code: 'unreachable',
      message: 'fred_api cannot be reached: ECONNREFUSED.',
    });
  });

  it('does not ask a forbidden address, however it got into the row', async () => {
    const strict = await createTestApp();
    try {
      const by = await strict.signUp('admin');
      for (const url of [`${address}/ok`, 'https://169.254.169.254/latest', 'https://evil.example.org', 'no url']) {
        expect(await test(url, strict, by)).toMatchObject({ reachable: false, status: null, latency_ms: 0 });
      }
      expect(seen).toEqual([]);
    } finally {
      await strict.close();
    }
  });

  it('is for admins, and knows which APIs there are', async () => {
    const missing = await as(t.http.post(`${APIS}/nothing/test`), admin);
    expect(missing.body).toMatchObject({ status: 404, detail: 'There is no such API.' });
    expect((await as(t.http.post(`${APIS}/fred_api/test`), await t.signUp('trader'))).status).toBe(403);
    expect((await t.http.post(`${APIS}/fred_api/test`)).status).toBe(401);
  });
});
