import { lookup } from 'node:dns';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { createServer as createRawServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { APIS } from '../../seeds/apis.js';
import { readEnvironment } from '../../src/platform/config/environment.js';
import { baseUrlFault } from '../../src/registry/apis/base-url.js';
import {
  guardedFetch,
  OutgoingCallFailed,
  type GuardedRequest,
  isPublicAddress,
} from '../../src/registry/apis/guarded-fetch.js';
import { createTestApp, type TestApp } from '../support/app.js';

/** A resolver that gives these addresses, one list for each time it is asked; the last one stays. */
function resolvingTo(...answers: string[][]): typeof lookup {
  let asked = 0;
  const resolver = (_name: string, _options: unknown, done: (error: Error | null, found: unknown) => void): void => {
    const addresses = answers[Math.min(asked++, answers.length - 1)] as string[];
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  return resolver as unknown as typeof lookup;
}

async function faultOf(request: Partial<GuardedRequest> & { url: URL }): Promise<string> {
  try {
    const { status } = await guardedFetch({ apiName: 'llm_api', allowPrivate: false, timeoutMs: 2000, ...request });
    return `answered ${status}`;
  } catch (error) {
    if (!(error instanceof OutgoingCallFailed)) throw error;
    return error.fault;
  }
}

describe('point 6: which addresses count as public', () => {
  it.each([
    '1.1.1.1',
    '8.8.8.8',
    '172.32.0.1',
    '100.128.0.1',
    '192.0.1.1',
    '2606:4700:4700::1111',
    '2a00:1450:4001::1',
  ])('%s does', (address) => expect(isPublicAddress(address)).toBe(true));

  it.each([
    ['loopback', '127.0.0.1'],
    ['loopback', '127.255.255.254'],
    ['this host', '0.0.0.0'],
    ['private', '10.1.2.3'],
    ['private', '172.16.0.1'],
    ['private', '172.31.255.255'],
    ['private', '192.168.0.1'],
    ['link-local', '169.254.1.1'],
    ['metadata (AWS, GCP, Azure)', '169.254.169.254'],
    ['metadata (AWS tasks)', '169.254.170.2'],
    ['metadata (Alibaba)', '100.100.100.200'],
    ['metadata (Azure wire server)', '168.63.129.16'],
    ['metadata (AWS, IPv6)', 'fd00:ec2::254'],
    ['carrier NAT', '100.64.0.1'],
    ['carrier NAT', '100.127.255.255'],
    ['benchmarks', '198.18.0.1'],
    ['documentation', '203.0.113.7'],
    ['multicast', '224.0.0.1'],
    ['reserved', '240.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['loopback', '::1'],
    ['unspecified', '::'],
    ['link-local', 'fe80::1'],
    ['link-local with a zone', 'fe80::1%eth0'],
    ['unique local', 'fc00::1'],
    ['unique local', 'fdff::1'],
    ['site-local', 'fec0::1'],
    ['multicast', 'ff02::1'],
    ['IPv4-mapped loopback', '::ffff:127.0.0.1'],
    ['IPv4-mapped loopback in hex', '::ffff:7f00:1'],
    ['IPv4-mapped metadata', '::ffff:169.254.169.254'],
    ['IPv4-compatible', '::7f00:1'],
    ['NAT64', '64:ff9b::a9fe:a9fe'],
    ['6to4', '2002:7f00:1::'],
    ['Teredo', '2001:0:7f00:1::'],
    ['documentation', '2001:db8::1'],
    ['no address', 'localhost'],
    ['no address', ''],
  ])('%s %s does not', (_kind, address) => expect(isPublicAddress(address)).toBe(false));
});

describe('point 6: what an outgoing call connects to', () => {
  let server: Server;
  let requests: string[];
  let answer: (res: ServerResponse) => void;
  let port: number;
  const local = (path = '/'): URL => new URL(`http://127.0.0.1:${port}${path}`);

  beforeAll(async () => {
    server = createServer((req, res) => {
      requests.push(`${req.method} ${req.url}`);
      answer(res);
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    port = (server.address() as AddressInfo).port;
    requests = [];
    answer = (res) => res.end('hello');
  });

  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it.each([
    'http://api.openai.com',
    'https://127.0.0.1',
    'https://2130706433',
    'https://0177.0.0.1',
    'https://0x7f.1',
    'https://127.0.0.1.',
    'https://127。0。0。1',
    'https://[::ffff:127.0.0.1]',
    'https://localhost',
    'https://metadata.google.internal',
    'https://169.254.169.254',
    'ftp://api.openai.com',
  ])('%s is refused before anything is resolved', async (url) => {
    expect(await faultOf({ url: new URL(url) })).toBe('host_not_allowed');
  });

  it('another host than the ones of the API is refused, although it is public', async () => {
    expect(await faultOf({ apiName: 'fred_api', url: new URL('https://api.openai.com') })).toBe('host_not_allowed');
    expect(await faultOf({ apiName: 'nothing', url: new URL('https://api.openai.com') })).toBe('host_not_allowed');
  });

  it.each([[['127.0.0.1']], [['169.254.169.254']], [['10.0.0.1']], [['::1']], [['::ffff:127.0.0.1']]])(
    'a public name that points to %s is refused and nothing arrives there',
    async (addresses) => {
      const url = new URL(`https://rebind.example.org:${port}`);
      expect(await faultOf({ url, resolver: resolvingTo(addresses) })).toBe('address_not_public');
      expect(requests).toEqual([]);
    },
  );

  it('one inner address among public ones is enough to refuse', async () => {
    const url = new URL(`https://rebind.example.org:${port}`);
    expect(await faultOf({ url, resolver: resolvingTo(['1.1.1.1', '127.0.0.1']) })).toBe('address_not_public');
  });

  it('a name that changes after the check does not help: it is resolved once, and that answer is connected to', async () => {
    const connections: string[] = [];
    const trap = createRawServer((socket) => {
      connections.push(String(socket.remoteAddress));
      socket.destroy();
    });
    await new Promise<void>((listening) => trap.listen(0, '127.0.0.1', listening));
    const url = new URL(`https://rebind.example.org:${(trap.address() as AddressInfo).port}`);
    // 192.0.1.1 counts as public and is not routed anywhere: the connection cannot succeed.
    const fault = await faultOf({ url, timeoutMs: 500, resolver: resolvingTo(['192.0.1.1'], ['127.0.0.1']) });
    expect(['timed_out', 'unreachable']).toContain(fault);
    expect(connections).toEqual([]);
    trap.close();
  });

  it('reaches a local server only where the tests’ setting allows it', async () => {
    const { status, body } = await guardedFetch({ apiName: 'fred_api', url: local('/ok'), allowPrivate: true });
    expect([status, body.toString()]).toEqual([200, 'hello']);
    expect(await faultOf({ apiName: 'fred_api', url: local() })).toBe('host_not_allowed');
  });

  it.each([301, 302, 303, 307, 308])('a redirect (%d) is not followed', async (status) => {
    requests.length = 0;
    answer = (res) => res.writeHead(status, { location: local('/elsewhere').href }).end();
    expect(await faultOf({ url: local('/start'), allowPrivate: true })).toBe('redirected');
    expect(requests).toEqual(['GET /start']);
  });

  it('an answer that does not end, or comes too slowly, ends at the time-out', async () => {
    answer = () => undefined;
    expect(await faultOf({ url: local(), allowPrivate: true, timeoutMs: 200 })).toBe('timed_out');
    answer = (res) => void res.write('a byte, and never another');
    expect(await faultOf({ url: local(), allowPrivate: true, timeoutMs: 200 })).toBe('timed_out');
  });

  it('an answer above the limit is cut off, whatever length it announces', async () => {
    answer = (res) => res.end(Buffer.alloc(5000));
    expect(await faultOf({ url: local(), allowPrivate: true, maxBytes: 4999 })).toBe('answer_too_large');
    expect(await faultOf({ url: local(), allowPrivate: true, maxBytes: 5000 })).toBe('answered 200');
    answer = (res) => {
      const more = (): boolean => res.write(Buffer.alloc(65_536));
      res.on('drain', more);
      while (more());
    };
    expect(await faultOf({ url: local(), allowPrivate: true })).toBe('answer_too_large');
  });

  it('a name that does not exist and a port that is closed are told as unreachable, without the path', async () => {
    const failed = await guardedFetch({
      apiName: 'llm_api',
      url: new URL('http://127.0.0.1:1/v1?api_key=s3cret'),
      allowPrivate: true,
    }).catch((error: Error) => error);
    expect(failed).toMatchObject({ fault: 'unreachable' });
    expect((failed as Error).message).not.toContain('s3cret');
  });
});

describe('point 6: the addresses that are stored', () => {
  let app: TestApp;
  let admin: string;

  beforeAll(async () => {
    app = await createTestApp();
    admin = await app.signIn('admin');
  });

  afterAll(() => app.close());

  it('every seeded API has an address of its own list', () => {
    for (const api of APIS)
      expect([api.api_name, baseUrlFault(api.api_name, api.base_url, false)]).toEqual([api.api_name, null]);
  });

  it('another host is refused with 422 that names the hosts of the API, and nothing changes', async () => {
    const [before] = await app.database.dataSource.query(`SELECT * FROM api_config WHERE api_name = 'fred_api'`);
    const { status, body } = await app.http
      .patch('/api/v1/admin/apis/fred_api')
      .set('Authorization', `Bearer ${admin}`)
      .send({ base_url: 'https://fred.example.org', rate_limit: 7 });
    expect(status).toBe(422);
    expect(body.errors).toEqual([
      { pointer: '/base_url', code: 'invalid_base_url', message: 'Use a host of this API: api.stlouisfed.org.' },
    ]);
    const [after] = await app.database.dataSource.query(`SELECT * FROM api_config WHERE api_name = 'fred_api'`);
    expect(after).toEqual(before);
  });

  it('an API that does not exist has no hosts to name: 404', async () => {
    const { status } = await app.http
      .patch('/api/v1/admin/apis/nothing_api')
      .set('Authorization', `Bearer ${admin}`)
      .send({ base_url: 'https://127.0.0.1' });
    expect(status).toBe(404);
  });

  it('private hosts cannot be allowed in production', () => {
    const settings = { ALLOW_PRIVATE_API_HOSTS: 'true', NODE_ENV: 'production' };
    expect(() => readEnvironment(settings)).toThrow('ALLOW_PRIVATE_API_HOSTS');
  });
});
