import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import request from 'supertest';
import { configureHttp } from './configure-http.js';
import { setUpSwagger } from './openapi.js';
import { Public } from './public-route.js';

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

  it('is OpenAPI 3.1 with the prefix, the error schema and who may call', async () => {
    const { body } = (await http.get('/docs-json')) as { body: Record<string, never> };
    expect(body).toMatchObject({
      openapi: '3.1.0',
      info: { title: 'Conclave' },
      paths: { '/api/v1/things': { get: { operationId: 'listThings', description: 'Really all.\n\nWho: anyone.' } } },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } }, schemas: { ProblemView: {} } },
    });
  });

  it('has a console that keeps the token and asks no other server', async () => {
    expect((await http.get('/docs')).text).toContain('swagger-ui');
    const { text } = await http.get('/docs/swagger-ui-init.js');
    expect(text).toContain('"persistAuthorization": true');
    expect(text).toContain('"validatorUrl": null');
  });

  it('may run no inline script, and does not say what serves it', async () => {
    const { headers, text } = await http.get('/docs');
    expect(headers['content-security-policy']).toContain("script-src 'self'");
    expect(headers['content-security-policy']).not.toMatch(/script-src[^;]*unsafe-inline/);
    expect(headers['content-security-policy']).not.toContain('upgrade-insecure-requests');
    expect(text).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['x-powered-by']).toBeUndefined();
  });
});
