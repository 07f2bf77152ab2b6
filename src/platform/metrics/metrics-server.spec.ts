import { afterEach, describe, expect, it } from '@jest/globals';
import { testConfig } from '../../../test/support/config.js';
import { createLogger } from '../logging/logger.js';
import { Metrics } from './metrics.js';
import { openMetricsServer, type MetricsServer } from './metrics-server.js';

const TOKEN = 'a-token-of-the-tests';

describe('the port of the metrics', () => {
  const servers: MetricsServer[] = [];
  const metrics = new Metrics(testConfig('postgresql://x'), createLogger({ logLevel: 'silent' }));

  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
  });

  async function open(token: string | null, port = 0): Promise<string> {
    const server = await openMetricsServer(metrics, { host: '127.0.0.1', port, token, onError: () => undefined });
    servers.push(server);
    return server.url;
  }

  it('serves the metrics to anyone when there is no token, and nothing else', async () => {
    const url = await open(null);
    const answer = await fetch(url);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(await answer.text()).toContain('conclave_build_info{version="0.1.0",role="api"} 1');
    const head = await fetch(url, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect((await fetch(url, { method: 'POST' })).status).toBe(405);
    expect((await fetch(url.replace('/metrics', '/'))).status).toBe(404);
    expect((await fetch(url.replace('/metrics', '/api/v1/strategies'))).status).toBe(404);
  });

  it('requires the token when there is one', async () => {
    const url = await open(TOKEN);
    const refused = await fetch(url);
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    const ask = (authorization: string) => fetch(url, { headers: { authorization } });
    expect((await ask(`Bearer ${TOKEN.slice(1)}`)).status).toBe(401);
    expect((await ask(`Bearer ${TOKEN}`)).status).toBe(200);
  });

  it('names the setting when it is in use', async () => {
    const { port } = new URL(await open(null));
    await expect(open(null, Number(port))).rejects.toThrow(`${port} (METRICS_PORT): EADDRINUSE`);
  });
});
