import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { buildOpenApi } from '../../src/platform/http/docs/openapi.js';
import { createTestApp, type TestApp, type TestUser } from '../support/app.js';
import { as, createInstance, type Body } from '../support/strategies.js';

type Method = 'post' | 'patch';

interface Example {
  readonly id: string;
  readonly method: Method;
  readonly path: string;
  readonly body: Body;
}

/** The order in which somebody works through the console: what is signed in with has been registered. */
const FIRST = ['register', 'login'];
/** Each makes the same user. */
const ALTERNATIVES: Readonly<Record<string, string>> = { createUser: 'register' };

describe('the filled-in examples of the console', () => {
  let t: TestApp;
  let admin: TestUser;
  let ids: Record<string, string>;
  let examples: Example[];

  beforeAll(async () => {
    t = await createTestApp();
    admin = await t.signUp('admin');
    const strategy = await createInstance(t, admin, 1);
    ids = { strategies: String(strategy['id']), users: (await t.signUp('user')).id };
    examples = allExamples();
  });

  afterAll(() => t.close());

  function allExamples(): Example[] {
    const found: Example[] = [];
    for (const [path, item] of Object.entries(buildOpenApi(t.app as NestExpressApplication).paths)) {
      for (const method of ['post', 'patch'] as const) {
        const operation = item[method];
        if (!operation?.requestBody || !('content' in operation.requestBody)) continue;
        const body = operation.requestBody.content['application/json']?.example as Body;
        found.push({ id: String(operation.operationId), method, path: filled(path, operation.parameters ?? []), body });
      }
    }
    const place = ({ id }: Example) => (FIRST.includes(id) ? FIRST.indexOf(id) : FIRST.length);
    return found.sort((one, other) => place(one) - place(other));
  }

  /** The path with the examples of its parameters; ids of things that each installation makes for itself are put in. */
  function filled(path: string, parameters: readonly object[]): string {
    return path.replaceAll(/\{(\w+)\}/g, (_match, name: string) => {
      const { schema } = (parameters as { name: string; in: string; schema: { example?: unknown } }[]).find(
        (parameter) => parameter.name === name && parameter.in === 'path',
      )!;
      return String(schema.example ?? ids[path.split('/{')[0]!.split('/').at(-1)!]);
    });
  }

  it('are there for every body', () => {
    expect(examples.length).toBeGreaterThan(12);
    for (const { id, body } of examples)
      expect({ id, fields: Object.keys(body ?? {}).length > 0 }).toEqual({ id, fields: true });
  });

  it('hold no key and no password that sending them would store for the sender', () => {
    const secrets = examples.flatMap(({ id, body }) =>
      Object.keys(body)
        .filter((field) => /key|secret|password/.test(field))
        .map((field) => `${id}.${field}`),
    );
    // Without its password nobody can be made or signed in.
    expect(secrets).toEqual([
      'register.password',
      'login.password',
      'openConsoleSession.password',
      'createUser.password',
    ]);
  });

  it('work as they are, on a new installation', async () => {
    let refreshToken = '';
    const answers: Record<string, number> = {};
    for (const { id, method, path, body } of examples) {
      if (id in ALTERNATIVES) await t.database.dataSource.query(`DELETE FROM users WHERE email = $1`, [body['email']]);
      // What only the server can make cannot be an example.
      const sent = 'refresh_token' in body ? { refresh_token: refreshToken } : body;
      const response = await as(t.http[method](path), admin).send(sent);
      answers[id] = response.status;
      if (response.status >= 400) throw new Error(`${id}: ${response.text}`);
      const { refresh_token } = response.body as { refresh_token?: string };
      if (refresh_token) refreshToken = refresh_token;
    }
    expect(answers).toMatchObject({
      register: 201,
      login: 200,
      createStrategyDefinition: 201,
      createStrategy: 201,
      updateApi: 200,
      updateProfile: 200,
      evaluateDecisionAgent: 200,
    });
  });
});
