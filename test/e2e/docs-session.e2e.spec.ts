import { createContext, Script } from 'node:vm';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { VirtualClock } from '../../src/platform/clock.js';
import { setUpSwagger } from '../../src/platform/http/docs/openapi.js';
import { createTestApp, type TestApp } from '../support/app.js';

const PASSWORD = 'a long enough passphrase';
const MINUTE = 60_000;

interface SwaggerOptions {
  requestInterceptor(request: ToSend): Promise<ToSend>;
  responseInterceptor(response: { ok: boolean; url: string; text?: string }): unknown;
}

interface ToSend {
  headers: Record<string, string>;
}

@Module({})
class Empty {}

describe('a sign-in in the console at /docs', () => {
  const clock = new VirtualClock(new Date('2026-03-01T12:00:00Z'));
  let t: TestApp;
  /** What `/docs` serves; the interface that it asks is that of `t`. */
  let docs: NestExpressApplication;
  /** What the page was given, as it runs in a browser; and what its Authorize holds. */
  let options: SwaggerOptions;
  let authorized: string | null;
  let renewals: number;

  beforeAll(async () => {
    t = await createTestApp({ clock });
    docs = await NestFactory.create<NestExpressApplication>(Empty, { logger: false });
    setUpSwagger(docs);
    await docs.init();
    await post('register', { email: 'docs@example.com', password: PASSWORD, full_name: 'A Person' }).expect(201);
  });

  afterAll(async () => {
    await docs.close();
    await t.close();
  });

  const post = (path: string, body: object) => t.http.post(`/api/v1/auth/${path}`).send(body);
  const me = async (headers: Record<string, string>) => (await t.http.get('/api/v1/auth/me').set(headers)).status;

  beforeEach(async () => {
    authorized = null;
    renewals = 0;
    const bundle = Object.assign(
      (given: SwaggerOptions) => {
        options = given;
        return {
          authActions: {
            authorizeWithPersistOption: (given: { bearer: { value: string } }) => (authorized = given.bearer.value),
            logoutWithPersistOption: () => (authorized = null),
          },
          initOAuth: () => undefined,
        };
      },
      { presets: { apis: {} }, plugins: { DownloadUrl: {} } },
    );
    const page: Record<string, unknown> = {
      location: { search: '', origin: 'http://localhost' },
      SwaggerUIBundle: bundle,
      SwaggerUIStandalonePreset: {},
      atob,
      Date: { now: () => clock.now().getTime() },
      fetch: async (path: string, { headers, body }: { headers: Record<string, string>; body: string }) => {
        renewals += 1;
        const answer = await t.http.post(path).set(headers).send(body);
        return { ok: answer.status < 400, json: async () => answer.body as unknown };
      },
    };
    page['window'] = page;
    const { text } = await request(docs.getHttpServer()).get('/docs/swagger-ui-init.js').expect(200);
    new Script(`${text}\nwindow.onload();`).runInContext(createContext(page));
  });

  /** Signs in as somebody does who sends the operation `login` there. @returns what the next request sends. */
  async function signIn(): Promise<ToSend> {
    const { text } = await post('login', { email: 'docs@example.com', password: PASSWORD }).expect(200);
    options.responseInterceptor({ ok: true, url: 'http://localhost/api/v1/auth/login', text });
    return { headers: { Authorization: `Bearer ${authorized!}` } };
  }

  it('lasts beyond the life of its access token, and is renewed once for many requests', async () => {
    const first = await signIn();
    expect(await options.requestInterceptor(first)).toEqual(first);
    clock.advance(14.5 * MINUTE);
    const sent = await Promise.all([1, 2, 3].map(() => options.requestInterceptor(first)));
    clock.advance(MINUTE);
    expect(await me(first.headers)).toBe(401);
    for (const { headers } of sent) expect(await me(headers)).toBe(200);
    expect(renewals).toBe(1);
    expect(sent[0]!.headers['Authorization']).toBe(`Bearer ${authorized!}`);
    // And again, by the refresh token that came with it.
    clock.advance(14 * MINUTE);
    expect(await me((await options.requestInterceptor(sent[0]!)).headers)).toBe(200);
    expect(renewals).toBe(2);
  });

  it('is not renewed when it was closed, and sends what it has', async () => {
    const first = await signIn();
    await t.database.dataSource.query(`DELETE FROM refresh_tokens`);
    clock.advance(16 * MINUTE);
    expect(await options.requestInterceptor(first)).toEqual(first);
    expect(await options.requestInterceptor(first)).toEqual(first);
    expect(renewals).toBe(1);
  });

  it('leaves a token alone that was typed in', async () => {
    await signIn();
    clock.advance(16 * MINUTE);
    const typed = { headers: { Authorization: 'Bearer of somebody else' } };
    expect(await options.requestInterceptor(typed)).toEqual(typed);
    expect(renewals).toBe(0);
  });

  it('is empty after signing out', async () => {
    await signIn();
    options.responseInterceptor({ ok: true, url: 'http://localhost/api/v1/auth/logout' });
    expect(authorized).toBeNull();
  });
});
