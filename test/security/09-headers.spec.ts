import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { NestFactory } from '@nestjs/core';
import request from 'supertest';
import { AppModule } from '../../src/app.module.js';
import { configureHttp } from '../../src/platform/http/configure-http.js';
import { setUpSwagger } from '../../src/platform/http/docs/openapi.js';
import { createLogger } from '../../src/platform/logging/logger.js';
import { testConfig } from '../support/config.js';
import type { Operation } from '../support/api-document.js';
import { sendTo } from '../support/http-client.js';
import { ACTORS, createWorld, type Actor, type World } from '../support/world.js';

const ALLOWED = 'https://console.example';

/** What every answer has, for every caller. */
const EVERYWHERE: Readonly<Record<string, RegExp>> = {
  'strict-transport-security': /^max-age=\d{7,}; includeSubDomains$/,
  'x-content-type-options': /^nosniff$/,
  'x-frame-options': /^SAMEORIGIN$/,
  'referrer-policy': /^no-referrer$/,
  'cross-origin-opener-policy': /^same-origin$/,
  'cross-origin-resource-policy': /^same-origin$/,
  'x-request-id': /^[\w.-]{1,64}$/,
};

type Headers = Record<string, string | undefined>;

/** A policy as its directives. */
function directivesOf(headers: Headers): Record<string, string[]> {
  const policy = headers['content-security-policy'] ?? '';
  const entries = policy.split(';').map((directive) => directive.trim().split(/\s+/));
  return Object.fromEntries(entries.map(([name = '', ...values]) => [name, values]));
}

describe('point 9: headers of the interface', () => {
  let world: World;

  beforeAll(async () => {
    world = await createWorld({ config: { corsOrigins: [ALLOWED] } });
  });

  afterAll(() => world.t.close());

  async function ask(operation: Operation, path: string, actor: Actor): Promise<{ headers: Headers }> {
    if (operation.id === 'openStream') {
      const { headers } = await sendTo(world.t, { method: 'GET', path, headers: {} });
      return { headers: headers as Headers };
    }
    const sent = world.t.http[operation.method](path).set(world.headersOf(actor));
    return sent.send(await world.validBody(operation));
  }

  it('are on every answer of every operation, to everybody; nothing says what it runs on', async () => {
    for (const operation of world.operations) {
      for (const actor of ACTORS) {
        const path = await world.pathFor(operation, actor, operation.path.includes('{') ? 'missing' : '-');
        const { headers } = await ask(operation, path, actor);
        const where = `${operation.id} as ${actor}`;
        for (const [name, pattern] of Object.entries(EVERYWHERE)) {
          expect({ where, [name]: headers[name] }).toEqual({ where, [name]: expect.stringMatching(pattern) });
        }
        expect({ where, by: headers['x-powered-by'], server: headers['server'] }).toEqual({ where });
        const cached = operation.path.startsWith('/api/') ? headers['cache-control'] : 'no-store';
        expect({ where, cached }).toEqual({ where, cached: expect.stringMatching(/^no-store(, no-transform)?$/) });
        expect({ where, scripts: directivesOf(headers)['script-src'] }).toEqual({ where, scripts: ["'self'"] });
      }
    }
  });

  it.each([
    ['a path that does not exist', '/api/v1/nothing'],
    ['a path outside of the prefix', '/nothing'],
    ['an old path', '/api/v1/marketplace'],
    ['a broken path', '/api/v1/%zz'],
  ])('are on the answer to %s', async (_what, path) => {
    const { headers } = await world.t.http.get(path).redirects(0);
    for (const [name, pattern] of Object.entries(EVERYWHERE)) expect(headers[name]).toMatch(pattern);
    expect(headers['x-powered-by']).toBeUndefined();
  });

  it('let pages of allowed origins read answers, and of no others', async () => {
    const readableBy = async (origin: string) => {
      const { headers } = await world.t.http.get('/api/v1/auth/me').set('Origin', origin);
      return headers['access-control-allow-origin'];
    };
    expect(await readableBy(ALLOWED)).toBe(ALLOWED);
    for (const origin of [
      'https://evil.example',
      'null',
      `${ALLOWED}.evil.example`,
      'http://console.example',
      `${ALLOWED}:8443`,
    ]) {
      expect([
        origin,
        [undefined, ALLOWED].includes(await readableBy(origin)) && (await readableBy(origin)) !== origin,
      ]).toEqual([origin, true]);
    }
  });

  it('never let a page send the user’s cookies, and name the origin as what the answer depends on', async () => {
    const preflight = await world.t.http.options('/api/v1/strategies').set({
      Origin: ALLOWED,
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'authorization',
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers['access-control-allow-credentials']).toBeUndefined();
    expect(preflight.headers['access-control-allow-methods']).toBe('GET,HEAD,POST,PATCH,DELETE');
    expect(preflight.headers['vary']).toContain('Origin');
    const evil = await world.t.http
      .options('/api/v1/strategies')
      .set({ Origin: 'https://evil.example', 'Access-Control-Request-Method': 'POST' });
    expect(evil.headers['access-control-allow-origin']).not.toBe('https://evil.example');
    expect(evil.headers['access-control-allow-origin']).not.toBe('*');
  });
});

describe('point 9: headers where no origin is allowed', () => {
  let world: World;

  beforeAll(async () => {
    world = await createWorld();
  });

  afterAll(() => world.t.close());

  it('no page of another origin may read anything', async () => {
    for (const origin of [ALLOWED, 'null', 'http://127.0.0.1:3000']) {
      const { headers } = await world.t.http.get('/health/live').set('Origin', origin);
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
  });
});

describe('point 9: headers of the console', () => {
  let app: NestExpressApplication;

  beforeAll(async () => {
    const config = testConfig('postgresql://localhost/none');
    const root = AppModule.forRoot({ config, logger: createLogger({ logLevel: 'silent' }) });
    // The console needs no database.
    app = await NestFactory.create<NestExpressApplication>(root, { preview: true, logger: false, bodyParser: false });
    configureHttp(app, config);
    setUpSwagger(app);
    await app.init();
  });

  afterAll(() => app.close());

  it('allow scripts of its own only: none inline, none evaluated, none from elsewhere, and none are needed', async () => {
    const { status, headers, text } = await request(app.getHttpServer()).get('/docs');
    expect(status).toBe(200);
    const policy = directivesOf(headers as Headers);
    expect(policy).toMatchObject({
      'default-src': ["'self'"],
      'script-src': ["'self'"],
      'script-src-attr': ["'none'"],
      'object-src': ["'none'"],
      'base-uri': ["'self'"],
      'frame-ancestors': ["'self'"],
      'form-action': ["'self'"],
    });
    expect(text).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>\s*\S/);
    expect(text).not.toMatch(/\son\w+\s*=\s*["']/);
    expect(text).not.toMatch(/(src|href)=["'](https?:)?\/\//);
  });
});
