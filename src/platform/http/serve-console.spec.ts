import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import { configureHttp } from './configure-http.js';
import { UnknownRouteHandler } from './problems/problem.filter.js';
import { serveConsole, readConsoleFiles } from './serve-console.js';

const PAGE =
  '<meta property="csp-nonce" nonce="__CSP_NONCE__"><script type="module" nonce="__CSP_NONCE__" src="/assets/a-1.js"></script>';
const SCRIPT = 'console.log("a");'.repeat(200);
const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

@Controller('things')
class ThingsController {
  @Get()
  list(): string[] {
    return ['one'];
  }
}

@Module({ controllers: [ThingsController], providers: [UnknownRouteHandler] })
class ThingsModule {}

describe('serving the console', () => {
  let folder: string;
  let app: NestExpressApplication;
  let http: ReturnType<typeof request>;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'conclave-console-'));
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'index.html'), PAGE);
    writeFileSync(join(folder, 'assets', 'a-1.js'), SCRIPT);
    writeFileSync(join(folder, 'assets', 'notes.txt'), 'not for the page');
    app = await NestFactory.create<NestExpressApplication>(ThingsModule, { logger: false, bodyParser: false });
    configureHttp(app, { corsOrigins: [] });
    serveConsole(app, folder);
    await app.init();
    http = request(app.getHttpServer());
  });

  afterAll(async () => {
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(['/', '/strategies', '/strategies/new?template=1', '/sign-in?next=%2Fadmin'])(
    'serves the page to a browser that opens %s',
    async (path) => {
      const { status, headers, text } = await http.get(path).set('Accept', BROWSER);
      expect(status).toBe(200);
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
      expect(headers['cache-control']).toBe('no-store');
      expect(text).toContain('src="/assets/a-1.js"');
    },
  );

  it('lets the page run only its own scripts, and use only styles with the nonce of this answer', async () => {
    const nonces = new Set<string>();
    for (const _ of [1, 2]) {
      const { headers, text } = await http.get('/').set('Accept', BROWSER);
      const policy = headers['content-security-policy']!;
      const nonce = /style-src 'self' 'nonce-([\w-]{22})'/.exec(policy)![1]!;
      nonces.add(nonce);
      expect(text.split(`nonce="${nonce}"`)).toHaveLength(3);
      expect(text).not.toContain('__CSP_NONCE__');
      expect(policy).toContain("script-src 'self';");
      expect(policy).toContain("script-src-attr 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|\*|https?:/);
    }
    expect(nonces.size).toBe(2);
  });

  it.each([
    ['a program', '/strategies', 'application/json'],
    ['a program that takes anything', '/strategies', '*/*'],
    ['a browser', '/api/v1/nothing', BROWSER],
    ['a browser', '/api', BROWSER],
    ['a browser', '/docs/nothing', BROWSER],
    ['a browser', '/health/nothing', BROWSER],
    ['a browser', '/metrics', BROWSER],
    ['a browser', '/assets/gone-2.js', BROWSER],
    ['a browser', '/assets/notes.txt', BROWSER],
    ['a browser', '/assets/..%2Findex.html', BROWSER],
    ['a browser', '/assets/__proto__', BROWSER],
  ])('answers %s at %s with a problem', async (_who, path, accept) => {
    const { status, headers } = await http.get(path).set('Accept', accept);
    expect([status, headers['content-type']]).toEqual([404, 'application/problem+json; charset=utf-8']);
  });

  it('does not answer other methods or the routes of the API', async () => {
    expect((await http.post('/strategies').set('Accept', BROWSER)).status).toBe(404);
    const { body } = await http.get('/api/v1/things').set('Accept', BROWSER).expect(200);
    expect(body).toEqual(['one']);
  });

  it('serves the files of the page compressed and immutable', async () => {
    const { headers, text } = await http.get('/assets/a-1.js').set('Accept-Encoding', 'gzip').expect(200);
    expect(text).toBe(SCRIPT);
    expect(headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'content-encoding': 'gzip',
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'Accept-Encoding',
    });
    expect(Number(headers['content-length'])).toBeLessThan(SCRIPT.length / 5);
    const plain = await http.get('/assets/a-1.js').set('Accept-Encoding', 'identity').expect(200);
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.text).toBe(SCRIPT);
    const head = await http.head('/assets/a-1.js').set('Accept-Encoding', 'identity').expect(200);
    expect(head.headers['content-length']).toBe(String(SCRIPT.length));
  });

  it('says what to do when the console has not been built', () => {
    expect(() => readConsoleFiles(join(folder, 'gone'))).toThrow('The console has not been built. Run npm run build.');
  });
});
