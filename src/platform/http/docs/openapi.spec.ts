import { createContext, runInContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import request from 'supertest';
import { configureHttp } from '../configure-http.js';
import { setUpSwagger } from './openapi.js';
import { Public } from '../public-route.js';

@ApiTags('things')
@Controller('things')
class ThingsController {
  @Get()
  @Public()
  @ApiOperation({ operationId: 'listThings', summary: 'All things', description: 'Really all.' })
  list(): string[] {
    return [];
  }
}

@Module({ controllers: [ThingsController] })
class ThingsModule {}

describe('the documentation', () => {
  let app: NestExpressApplication;
  let http: ReturnType<typeof request>;

  beforeAll(async () => {
    app = await NestFactory.create<NestExpressApplication>(ThingsModule, { logger: false, bodyParser: false });
    configureHttp(app, { corsOrigins: [] });
    setUpSwagger(app);
    await app.init();
    http = request(app.getHttpServer());
  });

  afterAll(() => app.close());

  it('is OpenAPI 3.1 with the prefix, the error schema and the roles', async () => {
    const { body } = (await http.get('/docs-json')) as { body: Record<string, never> };
    expect(body).toMatchObject({
      openapi: '3.1.0',
      info: { title: 'Conclave' },
      paths: { '/api/v1/things': { get: { operationId: 'listThings', description: 'Really all.\n\nRoles: anyone.' } } },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } }, schemas: { ProblemView: {} } },
    });
  });

  it('has a console that stores the token and contacts no other server', async () => {
    expect((await http.get('/docs')).text).toContain('swagger-ui');
    const { text } = await http.get('/docs/swagger-ui-init.js');
    expect(text).toContain('"persistAuthorization": true');
    expect(text).toContain('"validatorUrl": null');
  });

  it('loads only files that it serves itself', async () => {
    const page = await http.get('/docs');
    const sources = [...page.text.matchAll(/<(?:script|link)[^>]*?\b(?:src|href)="([^"]+)"/g)].map(
      ([, source]) => source!,
    );
    expect(sources.length).toBeGreaterThan(3);
    for (const source of sources) {
      const { status, headers } = await http.get(new URL(source, 'http://here/docs').pathname);
      // JavaScript has two media types, `text/` and `application/`.
      const kind = headers['content-type']?.split(/[/;]/)[1];
      const expected = { js: 'javascript', css: 'css', png: 'png' }[source.split('.').at(-1)!];
      expect({ source, status, kind }).toEqual({ source, status: 200, kind: expected });
    }
  });

  it('sets the token of a sign-in in Authorize, and removes it after a sign-out', async () => {
    const { text } = await http.get('/docs/swagger-ui-init.js');
    const calls: unknown[] = [];
    const authActions = {
      authorizeWithPersistOption: (given: unknown) => calls.push(given),
      logoutWithPersistOption: (names: unknown) => calls.push(names),
    };
    type Response = { ok: boolean; url: string; text?: string };
    const found: { responseInterceptor?: (response: Response) => Response } = {};
    const SwaggerUIBundle = Object.assign((options: object) => Object.assign(found, options) && { authActions }, {
      presets: {},
      plugins: {},
    });
    const window = { location: { search: '', origin: 'http://here' }, onload: () => undefined as void };
    // As in the page: the script sees nothing but its own content.
    const page = createContext({ window, SwaggerUIBundle, SwaggerUIStandalonePreset: {}, JSON });
    runInContext(text, page);
    window.onload();
    Object.assign(page, { ui: { authActions } });
    const answer = (path: string, ok: boolean, body: object) =>
      found.responseInterceptor!({ ok, url: `http://here/api/v1${path}`, text: JSON.stringify(body) });

    expect(answer('/auth/login', true, { access_token: 'a.b.c' })).toMatchObject({ ok: true });
    answer('/auth/login', false, { access_token: 'no' });
    answer('/strategies', true, { access_token: 'no' });
    answer('/auth/refresh', true, { access_token: 'd.e.f' });
    answer('/auth/logout', true, {});
    const schema = { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' };
    expect(JSON.parse(JSON.stringify(calls))).toEqual([
      { bearer: { name: 'bearer', schema, value: 'a.b.c' } },
      { bearer: { name: 'bearer', schema, value: 'd.e.f' } },
      ['bearer'],
    ]);
  });

  it('redirects from /docs/, where the relative paths of the scripts would be wrong', async () => {
    const { status, headers } = await http.get('/docs/?x=1');
    expect({ status, to: headers['location'] }).toEqual({ status: 308, to: '/docs?x=1' });
  });

  it('runs no inline script, and does not reveal the software of the server', async () => {
    const { headers, text } = await http.get('/docs');
    expect(headers['content-security-policy']).toContain("script-src 'self'");
    expect(headers['content-security-policy']).not.toMatch(/script-src[^;]*unsafe-inline/);
    expect(headers['content-security-policy']).not.toContain('upgrade-insecure-requests');
    expect(text).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['x-powered-by']).toBeUndefined();
  });
});
