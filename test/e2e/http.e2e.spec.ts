import { readdirSync, readFileSync } from 'node:fs';
import { connect, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { RequestMethod, type Type } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { getMetadataStorage } from 'class-validator';
import request from 'supertest';
import { HealthService } from '../../src/platform/http/health.controller.js';
import { JobQueue } from '../../src/platform/queue/job-queue.js';
import { KNOWN_RULES } from '../../src/platform/http/input/rule-violations.js';
import { ACCESS } from '../../src/platform/http/public-route.js';
import { buildOpenApi } from '../../src/platform/http/docs/openapi.js';
import { createTestApp, type TestApp } from '../support/app.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const LOGIN = '/api/v1/auth/login';

/** Status and code of an error answer, which must be a whole problem document that shows nothing of the inside. */
function problemOf(response: request.Response): string {
  expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(response.headers['cache-control']).toBe('no-store');
  const body = response.body as Record<string, unknown>;
  expect(Object.keys(body).sort()).toEqual(
    ['code', 'detail', 'errors', 'instance', 'status', 'title', 'trace_id', 'type'].sort(),
  );
  expect(body['type']).toBe(`urn:conclave:problem:${body['code'] as string}`);
  expect(body['status']).toBe(response.status);
  expect(body['trace_id']).toBe(response.headers['x-request-id']);
  expect(JSON.stringify(body)).not.toMatch(/node_modules|\.ts|SELECT|stack/i);
  return `${response.status} ${body['code'] as string}`;
}

describe('HTTP', () => {
  let t: TestApp;

  beforeAll(async () => {
    t = await createTestApp({ config: { corsOrigins: ['https://console.example'] } });
  });

  afterAll(() => t.close());

  describe('errors', () => {
    it('answer 404 for an unknown path, below the prefix and outside of it', async () => {
      expect(problemOf(await t.http.get('/api/v1/nothing'))).toBe('404 not_found');
      expect(problemOf(await t.http.get('/nothing?secret=1'))).toBe('404 not_found');
      expect((await t.http.get('/nothing?secret=1')).body).toMatchObject({ instance: '/nothing' });
      expect(problemOf(await t.http.get('/'))).toBe('404 not_found');
    });

    it.each([
      ['GET', LOGIN, 'OPTIONS, POST'],
      ['DELETE', '/api/v1/auth/me', 'GET, HEAD, OPTIONS, PATCH'],
      ['PUT', '/api/v1/admin/agents/macro', 'GET, HEAD, OPTIONS, PATCH'],
      ['POST', '/health/live', 'GET, HEAD, OPTIONS'],
    ] as const)('answer 405 to %s %s and allow %s', async (method, path, allow) => {
      const call = {
        GET: t.http.get(path),
        DELETE: t.http.delete(path),
        PUT: t.http.put(path),
        POST: t.http.post(path),
      };
      const response = await call[method];
      expect(problemOf(response)).toBe('405 method_not_allowed');
      expect(response.headers['allow']).toBe(allow);
    });

    it('answer 400 for malformed JSON', async () => {
      const response = await t.http.post(LOGIN).set('content-type', 'application/json').send('{"email": ');
      expect(problemOf(response)).toBe('400 malformed_json');
      expect(response.body).toMatchObject({ title: 'Malformed JSON' });
    });

    it('answer 400 for a path with broken percent-encoding', async () => {
      expect(problemOf(await t.http.get('/api/v1/admin/agents/%ZZ'))).toBe('400 malformed_request');
    });

    describe('to a body over 100 KiB are 413', () => {
      const bodyOf = (size: number) => JSON.stringify({ email: 'x'.repeat(size), password: 'x' });
      const ways: Record<string, [headers: Record<string, string>, encode: (body: string) => Iterable<Buffer>]> = {
        whole: [{}, (body) => [Buffer.from(body)]],
        chunked: [
          { 'transfer-encoding': 'chunked' },
          (body) => [...body.matchAll(/.{1,9999}/g)].map(([part]) => Buffer.from(part)),
        ],
        gzip: [{ 'content-encoding': 'gzip' }, (body) => [gzipSync(body)]],
        deflate: [{ 'content-encoding': 'deflate' }, (body) => [deflateSync(body)]],
        brotli: [{ 'content-encoding': 'br' }, (body) => [brotliCompressSync(body)]],
      };

      it.each(Object.keys(ways))('sent %s', async (way) => {
        const [headers, encode] = ways[way]!;
        const send = async (size: number) => {
          const parts = [...encode(bodyOf(size))];
          const whole = way === 'chunked' ? {} : { 'content-length': String(Buffer.concat(parts).length) };
          const pending = t.http.post(LOGIN).set({ 'content-type': 'application/json', ...whole, ...headers });
          for (const part of parts) pending.write(part as unknown as string);
          return pending;
        };
        expect(problemOf(await send(100 * 1024))).toBe('413 body_too_large');
        expect(problemOf(await send(1024))).toBe('422 validation_failed');
      });
    });

    it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml', 'multipart/form-data; boundary=x'])(
      'answer 415 for a body of %s',
      async (type) => {
        expect(problemOf(await t.http.post(LOGIN).set('content-type', type).send('a=b'))).toBe(
          '415 unsupported_media_type',
        );
      },
    );

    it('answer 415 for JSON in another charset', async () => {
      const response = await t.http.post(LOGIN).set('content-type', 'application/json; charset=latin1').send('{}');
      expect(problemOf(response)).toBe('415 unsupported_media_type');
    });

    it('answer 422 with every violation and its pointer at once', async () => {
      const response = await t.http
        .post('/api/v1/auth/register')
        .send({ email: 'nobody', password: 'short', role: 'admin', 'a/b~c': 1 });
      expect(problemOf(response)).toBe('422 validation_failed');
      const errors = (response.body as { errors: { pointer: string; code: string }[] }).errors;
      expect(errors.map((error) => `${error.pointer} ${error.code}`).sort()).toEqual([
        '/a~1b~0c unknown_field',
        '/email bad_format',
        '/password wrong_length',
        '/role unknown_field',
      ]);
    });

    it('answer 422 once for each missing field', async () => {
      const response = await t.http.post(LOGIN).send();
      expect(problemOf(response)).toBe('422 validation_failed');
      expect((response.body as { errors: unknown[] }).errors).toEqual([
        { pointer: '/email', code: 'required', message: '"email" is required.' },
        { pointer: '/password', code: 'required', message: '"password" is required.' },
      ]);
    });

    it.each([
      ['an array', '[]'],
      ['an array of right objects', '[{"email":"a@b.example","password":"x"}]'],
      ['deep nesting', `{"email":${'['.repeat(20_000)}${']'.repeat(20_000)}}`],
      ['__proto__', '{"email":"a@b.example","password":"x","__proto__":{"role":"admin"}}'],
      ['constructor', '{"email":"a@b.example","password":"x","constructor":1}'],
      ['NUL', '{"email":"a\\u0000@b.example","password":"x"}'],
      ['half a surrogate pair', '{"email":"a@b.example","password":"\\ud800"}'],
      ['a number beyond a double', '{"email":"a@b.example","password":1e309}'],
      ['wrong types', '{"email":{},"password":[]}'],
    ])('answer 422 for %s', async (_what, body) => {
      const response = await t.http.post(LOGIN).set('content-type', 'application/json').send(body);
      expect(problemOf(response)).toBe('422 validation_failed');
    });

    it.each(['null', '7', '"text"', 'true', '[]'])('answer 422 for the body %s: it must be an object', async (body) => {
      const response = await t.http.post(LOGIN).set('content-type', 'application/json').send(body);
      expect(problemOf(response)).toBe('422 validation_failed');
      expect((response.body as { errors: unknown[] }).errors).toEqual([
        { pointer: '', code: 'wrong_type', message: 'The document must be a JSON object.' },
      ]);
    });

    it.each(['\xff', '\xc3(', '\xed\xa0\x80', '\xc0\x80'])(
      'answer 400 for bytes that are no UTF-8: %j',
      async (bytes) => {
        const body = Buffer.from(`{"email":"a@b.example","password":"${bytes}"}`, 'latin1');
        const pending = t.http.post(LOGIN).set('content-type', 'application/json');
        pending.write(body as unknown as string);
        expect(problemOf(await pending)).toBe('400 malformed_json');
      },
    );

    it('name no more than 50 violations, and say how many there are', async () => {
      const body = Object.fromEntries(Array.from({ length: 2000 }, (_, n) => [`field_${n}`, n]));
      const response = await t.http.post(LOGIN).send(body);
      expect(problemOf(response)).toBe('422 validation_failed');
      const { errors, detail } = response.body as { errors: unknown[]; detail: string };
      expect(errors).toHaveLength(50);
      expect(detail).toContain('there are 1952 more');
      expect(response.text.length).toBeLessThan(20_000);
    });

    it('answer 422 for fields that an operation does not take', async () => {
      const admin = await adminToken();
      const post = (body: object | undefined) =>
        t.http.post('/api/v1/strategy-definitions/999/runs').auth(admin, { type: 'bearer' }).send(body);
      const refused = await post({ x: 1 });
      expect(problemOf(refused)).toBe('422 validation_failed');
      expect((refused.body as { errors: unknown[] }).errors).toMatchObject([{ pointer: '/x', code: 'unknown_field' }]);
      expect(problemOf(await post([1]))).toBe('422 validation_failed');
      expect(problemOf(await post({}))).toBe('404 not_found');
      expect(problemOf(await post(undefined))).toBe('404 not_found');
      const signedOut = await t.http.post('/api/v1/strategy-definitions/999/runs').send({ x: 1 });
      expect(problemOf(signedOut)).toBe('401 not_signed_in');
    });

    it('do not come from a body that nobody reads', async () => {
      const response = await t.http.get('/health/live').set('content-type', 'text/plain').send('anything');
      expect(response.status).toBe(200);
    });

    it('are problem documents also where Node itself refuses', async () => {
      const { port } = t.app.getHttpServer().address() as AddressInfo;
      const answerTo = async (head: string, host = 'Host: x\r\n'): Promise<string> => {
        const socket = connect(port, '127.0.0.1');
        socket.write(`${head}\r\n${host}Connection: close\r\n\r\n`);
        let answer = '';
        for await (const chunk of socket) answer += String(chunk);
        expect(answer).toMatch(/content-type: application\/problem\+json/i);
        const body = JSON.parse(answer.split('\r\n\r\n')[1]!) as { status: number; code: string };
        expect(answer).toContain(`HTTP/1.1 ${body.status} `);
        return `${body.status} ${body.code}`;
      };
      expect(await answerTo('FOO /api/v1/strategies HTTP/1.1')).toBe('400 malformed_request');
      expect(await answerTo(`GET /${'a'.repeat(20_000)} HTTP/1.1`)).toBe('431 headers_too_large');
      expect(await answerTo('GET /health/live HTTP/1.1\r\nExpect: foo')).toBe('417 expectation_failed');
      expect(await answerTo('GET /health/live HTTP/1.1', '')).toBe('400 host_missing');
    });

    it.each([
      ['limit=0'],
      ['limit=-1'],
      ['limit=201'],
      ['limit=1.5'],
      ['limit='],
      ['limit=0x10'],
      ['limit=1e2'],
      ['limit=99999999999999999999'],
      ['limit=1&limit=2'],
      ['offset=-1'],
      ['unknown=1'],
      ['sort=password_hash'],
      ['sort=created_at;DROP'],
      ['sort=__proto__'],
      ['is_active=1'],
      ['role=root'],
      ['__proto__=1'],
      ['role=%00'],
    ])('answer 400 for the query %s', async (query) => {
      const token = await adminToken();
      const response = await t.http.get(`/api/v1/admin/users?${query}`).auth(token, { type: 'bearer' });
      expect(response.status).toBe(400);
      expect((response.body as { errors: unknown[] }).errors).not.toEqual([]);
    });
  });

  let admin: Promise<string> | undefined;
  function adminToken(): Promise<string> {
    return (admin ??= t.signIn('admin'));
  }

  describe('request ids', () => {
    it('are taken over when they are well-formed', async () => {
      const response = await t.http.get('/health/live').set('x-request-id', 'abc-1.2_3');
      expect(response.headers['x-request-id']).toBe('abc-1.2_3');
    });

    it.each(['x'.repeat(65), 'a b', 'a{b', ''])('are replaced when they are %j', async (id) => {
      const response = await t.http.get('/health/live').set('x-request-id', id);
      expect(response.headers['x-request-id']).toMatch(UUID);
    });
  });

  describe('headers', () => {
    it('forbid caches to keep answers of the interface', async () => {
      const response = await t.http.get('/api/v1/auth/me').auth(await adminToken(), { type: 'bearer' });
      expect(response.status).toBe(200);
      expect(response.headers['cache-control']).toBe('no-store');
    });

    it('let only the listed origins read', async () => {
      const listed = await t.http.get('/health/live').set('origin', 'https://console.example');
      expect(listed.headers['access-control-allow-origin']).toBe('https://console.example');
      const other = await t.http.get('/health/live').set('origin', 'https://evil.example');
      expect(other.headers['access-control-allow-origin']).toBeUndefined();
    });

    it('say which methods a path has, to a browser that asks first too where no origin is listed', async () => {
      const closed = await createTestApp({ database: t.database });
      const asked = await closed.http
        .options('/api/v1/auth/me')
        .set({ origin: 'https://evil.example', 'access-control-request-method': 'PATCH' });
      await closed.close();
      expect(asked.status).toBe(204);
      expect(asked.headers['allow']).toBe('GET, HEAD, OPTIONS, PATCH');
      expect(asked.headers['access-control-allow-origin']).toBeUndefined();
    });

    it('say that an idle connection is kept longer than a minute', async () => {
      const { headers } = await t.http.get('/health/live').set('connection', 'keep-alive');
      expect(headers['keep-alive']).toBe('timeout=65');
    });

    it('say which methods a path has', async () => {
      const response = await t.http.options('/api/v1/auth/me');
      expect(response.status).toBe(204);
      expect(response.headers['allow']).toBe('GET, HEAD, OPTIONS, PATCH');
    });
  });

  describe('the old name of the strategies', () => {
    it.each([
      ['/api/v1/marketplace', '/api/v1/strategies'],
      ['/api/v1/marketplace?limit=2', '/api/v1/strategies?limit=2'],
      ['/api/v1/marketplace/7?a=b&c=d', '/api/v1/strategies/7?a=b&c=d'],
      ['/api/v1/marketplace/7/trades', '/api/v1/strategies/7/trades'],
    ])('%s is sent on to %s', async (from, to) => {
      for (const response of [await t.http.get(from), await t.http.post(from).send({}), await t.http.delete(from)]) {
        expect(response.status).toBe(308);
        expect(response.headers['location']).toBe(to);
      }
    });

    it('is not every path that begins alike', async () => {
      expect((await t.http.get('/api/v1/marketplaces')).status).toBe(404);
    });
  });

  describe('probes', () => {
    it('are open to anyone', async () => {
      expect((await t.http.get('/health/live')).body).toEqual({ status: 'ok' });
      expect((await t.http.get('/health/ready')).body).toEqual({ status: 'ok' });
    });

    it('are not ready while a migration is missing', async () => {
      const [row] = await t.database.dataSource.query<{ name: string; timestamp: string }[]>(
        'SELECT name, timestamp FROM migrations ORDER BY timestamp DESC LIMIT 1',
      );
      await t.database.dataSource.query('DELETE FROM migrations WHERE name = $1', [row?.name]);
      const response = await t.http.get('/health/ready');
      expect(problemOf(response)).toBe('503 migrations_pending');
      expect(response.headers['retry-after']).toBe('5');
      await t.database.dataSource.query('INSERT INTO migrations (name, timestamp) VALUES ($1, $2)', [
        row?.name,
        row?.timestamp,
      ]);
      expect((await t.http.get('/health/ready')).status).toBe(200);
    });

    it('are not ready from the signal to end on, while requests are answered still', async () => {
      const health = t.app.get(HealthService, { strict: false });
      health.stopping = true;
      expect(problemOf(await t.http.get('/health/ready'))).toBe('503 stopping');
      expect((await t.http.get('/health/live')).status).toBe(200);
      health.stopping = false;
      expect((await t.http.get('/health/ready')).status).toBe(200);
    });

    it('are not ready while the program lacks a right in the database', async () => {
      await t.database.dataSource.query('REVOKE INSERT ON strategy_executions FROM conclave_app');
      expect(problemOf(await t.http.get('/health/ready'))).toBe('503 grants_missing');
      await t.database.dataSource.query('GRANT INSERT ON strategy_executions TO conclave_app');
      expect((await t.http.get('/health/ready')).status).toBe(200);
    });

    it('are not ready while the queue is away, and ready where the process takes no work from it', async () => {
      const worker = await createTestApp({ database: t.database, config: { role: 'worker' } });
      try {
        expect((await worker.http.get('/health/ready')).status).toBe(200);
        for (const { app } of [t, worker])
          jest.spyOn(app.get(JobQueue, { strict: false }), 'counts').mockRejectedValue(new Error('away'));
        expect(problemOf(await worker.http.get('/health/ready'))).toBe('503 queue_unavailable');
        expect((await t.http.get('/health/ready')).status).toBe(200);
      } finally {
        jest.restoreAllMocks();
        await worker.close();
      }
    });

    it('are not ready on a database that nobody has migrated', async () => {
      await t.database.dataSource.query('ALTER TABLE migrations RENAME TO migrations_elsewhere');
      expect(problemOf(await t.http.get('/health/ready'))).toBe('503 migrations_pending');
      expect((await t.http.get('/health/live')).status).toBe(200);
      await t.database.dataSource.query('ALTER TABLE migrations_elsewhere RENAME TO migrations');
      expect((await t.http.get('/health/ready')).status).toBe(200);
    });
  });

  describe('documentation', () => {
    it('has one rule and one code for every check of a DTO', () => {
      const storage = getMetadataStorage() as unknown as {
        validationMetadatas: Map<unknown, { type: string; name?: string }[]>;
      };
      const rules = [...storage.validationMetadatas.values()]
        .flat()
        .flatMap(({ type, name }) => (type === 'customValidation' ? (name ?? []) : []));
      expect(rules.length).toBeGreaterThan(20);
      expect([...new Set(rules)].filter((rule) => !KNOWN_RULES.has(rule))).toEqual([]);
    });

    it('is OpenAPI 3.1 with a unique id, a summary and the roles of every operation', async () => {
      const document = buildOpenApi(t.app as NestExpressApplication);
      expect(document.openapi).toBe('3.1.0');
      expect(document.info.title).toBe('Conclave');
      const operations = Object.values(document.paths).flatMap((item) =>
        [item.get, item.post, item.put, item.patch, item.delete].filter((operation) => operation !== undefined),
      );
      expect(operations.length).toBeGreaterThan(20);
      const ids = operations.map((operation) => operation.operationId);
      expect(new Set(ids).size).toBe(ids.length);
      for (const operation of operations) {
        expect(operation.summary).toBeTruthy();
        expect(operation.description).toMatch(/Roles: /);
        expect(operation.tags).toHaveLength(1);
        expect(operation.operationId).toMatch(/^[a-z][A-Za-z]+$/);
      }
    });

    it('says of every field what it is', () => {
      const { components } = buildOpenApi(t.app as NestExpressApplication);
      const silent = Object.entries(components?.schemas ?? {}).flatMap(([name, schema]) =>
        Object.entries(('properties' in schema && schema.properties) || {}).flatMap(([field, property]) =>
          'description' in property && property.description ? [] : [`${name}.${field}`],
        ),
      );
      expect(silent).toEqual([]);
    });

    it('has one schema for each name', () => {
      const names = readdirSync('src', { recursive: true, encoding: 'utf8' }).flatMap((path) => {
        const text = path.endsWith('.ts') ? readFileSync(join('src', path), 'utf8') : '';
        return text.includes('@ApiProperty')
          ? [...text.matchAll(/^(?:export )?class (\w+)/gm)].map(([, name]) => name)
          : [];
      });
      expect(names.length).toBeGreaterThan(30);
      expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    });

    it('says nothing twice of an answer', () => {
      const document = buildOpenApi(t.app as NestExpressApplication);
      for (const { description } of Object.values(document.paths).flatMap((item) =>
        [item.get, item.post, item.patch, item.delete].flatMap((operation) =>
          Object.values(operation?.responses ?? {}).map((answer) => answer as { description: string }),
        ),
      )) {
        const paragraphs = description.split('\n\n');
        expect(paragraphs).toEqual([...new Set(paragraphs)]);
      }
    });

    it('refers only to schemas that it holds', () => {
      const document = buildOpenApi(t.app as NestExpressApplication);
      const known = Object.keys(document.components?.schemas ?? {});
      for (const [, name] of JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
        expect(known).toContain(name);
      }
    });
  });

  it('has a mark of who may call it on every route', () => {
    const unmarked: string[] = [];
    let routes = 0;
    for (const module of t.app.get(ModulesContainer).values()) {
      for (const { metatype } of module.controllers.values()) {
        const controller = metatype as Type;
        for (const name of Object.getOwnPropertyNames(controller.prototype)) {
          const handler = (controller.prototype as Record<string, object>)[name];
          if (typeof handler !== 'function' || !Reflect.hasMetadata('method', handler)) continue;
          routes += 1;
          const mark: unknown = Reflect.getMetadata(ACCESS, handler) ?? Reflect.getMetadata(ACCESS, controller);
          const method = RequestMethod[Reflect.getMetadata('method', handler) as number];
          if (mark !== 'public' && !(Array.isArray(mark) && mark.length > 0))
            unmarked.push(`${method} ${controller.name}.${name}`);
        }
      }
    }
    expect(routes).toBeGreaterThan(20);
    expect(unmarked).toEqual([]);
  });
});
