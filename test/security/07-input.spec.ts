import { connect, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { operationsOf, readDocument, resolveSchema, type Operation, type Parameter } from '../support/api-document.js';
import { fingerprint } from '../support/fingerprint.js';
import { sendTo, type WireAnswer } from '../support/http-client.js';
import { createWorld, type Actor, type World } from '../support/world.js';

const document = readDocument();
const operations = operationsOf(document);

/** What goes in the place of each field. JSON text, because some of it no JavaScript value can be written as. */
const HOSTILE: Readonly<Record<string, string>> = {
  null: 'null',
  'NUL in a text': '"a\\u0000b"',
  'half a surrogate pair': '"\\ud800"',
  'the other half': '"x\\udfff"',
  'beyond a double': '1e309',
  'beyond a double, negative': '-1e309',
  negative: '-1',
  fraction: '0.5',
  'beyond int4': '2147483648',
  'beyond int4, negative': '-2147483649',
  'beyond exact integers': '9007199254740993',
  'a number of 400 digits': '9'.repeat(400),
  'a text of 20,000': `"${'x'.repeat(20_000)}"`,
  'a list': '[]',
  'a list of lists': '[[[[]]]]',
  'an object': '{}',
  'nesting of 40': `${'{"a":'.repeat(40)}1${'}'.repeat(40)}`,
  __proto__: '{"__proto__":{"admin":true}}',
  constructor: '{"constructor":{"prototype":{"admin":true}}}',
  'an object that says it is a list': '{"length":1000000000}',
  '16 KiB and more': `{"x":"${'y'.repeat(17_000)}"}`,
  '3000 keys': `{${Array.from({ length: 3000 }, (_, index) => `"k${index}":1`).join()}}`,
  true: 'true',
  'an empty text': '""',
};

/** In place of the whole body. */
const BODIES: Readonly<Record<string, string>> = {
  nothing: '',
  null: 'null',
  'a list': '[]',
  'a list of objects': '[{}]',
  'a text': '"x"',
  'a number': '1',
  'no JSON': '{',
  'no JSON either': "{'a': 1}",
  'a NUL': '\0',
  'nesting of 5,000': `${'['.repeat(5000)}${']'.repeat(5000)}`,
  'nesting of 5,000 objects': `{"a":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}}`,
  'more than 100 KiB': `{"a":"${'x'.repeat(110_000)}"}`,
};

/** Added to a right body: no field of ours. */
const EXTRA: readonly string[] = [
  '"unknown_field":1',
  '"__proto__":{"is_admin":true}',
  '"constructor":{"prototype":{"is_admin":true}}',
  '"prototype":{}',
  '"toString":1',
  '"hasOwnProperty":1',
  '"password_hash":"x"',
  '"user_id":"00000000-0000-0000-0000-000000000000"',
  '"current_balance":1000000',
  '"total_pnl":1',
  '"created_at":"2020-01-01T00:00:00Z"',
  '"version":99',
  '"":1',
  '"a\\u0000b":1',
  '"\\ud800":1',
];

const QUERIES: Readonly<Record<string, string>> = {
  text: 'abc',
  empty: '',
  negative: '-1',
  'beyond int4': '2147483648',
  'beyond everything': '9'.repeat(400),
  exponent: '1e2',
  'beyond a double': '1e309',
  hexadecimal: '0x10',
  'Arabic digits': '%D9%A1',
  NUL: 'a%00b',
  'half a surrogate pair': '%ED%A0%80',
  SQL: 'created_at;DROP%20TABLE%20users',
  'a column that must not be sorted by': 'password_hash',
  'another table': 'users.password_hash',
  __proto__: '__proto__',
  constructor: '-constructor',
  long: 'x'.repeat(5000),
};

/** In place of a path parameter, as it goes over the wire. */
const PATHS: readonly string[] = [
  '%00',
  '%ED%A0%80',
  '%E0%A4',
  '%zz',
  '..%2f..%2fetc%2fpasswd',
  '-1',
  '0',
  '1e309',
  '2147483648',
  '99999999999999999999999999',
  "1'%20OR%20'1'='1",
  '__proto__',
  'constructor',
  'x'.repeat(5000),
  '%F0%9F%92%A9',
  '00000000-0000-0000-0000-00000000000g',
];

interface Sent {
  readonly what: string;
  readonly answer: WireAnswer;
}

describe('point 7: input', () => {
  let world: World;

  beforeAll(async () => {
    world = await createWorld();
  });

  afterAll(() => world.t.close());

  const state = () =>
    // A refused sign-in is written to the audit log, and that is no change by the caller.
    fingerprint(world.t.database.dataSource, ['public.audit_log']);

  async function send(operation: Operation, what: string, path: string, body?: string): Promise<Sent> {
    const actor: Actor = operation.path.includes('/auth/') ? 'user' : 'admin';
    const headers = {
      ...world.headersOf(actor),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    };
    const answer = await sendTo(world.t, {
      method: operation.method,
      path,
      headers,
      ...(body === undefined ? {} : { body }),
    });
    return { what, answer };
  }

  /** `what -> status`, of every answer that is not a refusal in the right form. */
  function notRefused(sent: readonly Sent[]): string[] {
    return sent
      .filter(({ answer }) => {
        const type = String(answer.headers['content-type']);
        return answer.status < 400 || answer.status >= 500 || !type.startsWith('application/problem+json');
      })
      .map(({ what, answer }) => `${what} -> ${answer.status} ${answer.text.slice(0, 200)}`);
  }

  describe.each(operations.filter(({ body }) => body !== null))('in the body of $id', (operation) => {
    const properties = Object.entries(resolveSchema(document, operation.body!).properties ?? {});
    let path: string;
    let right: Record<string, unknown>;

    beforeAll(async () => {
      path = await world.pathFor(
        operation,
        'admin',
        operation.path.includes('/strategies/') ? 'own' : targetOf(operation),
      );
      right = (await world.validBody(operation)) ?? {};
    });

    it('a whole body that is none is refused and changes nothing', async () => {
      const before = await state();
      const required = resolveSchema(document, operation.body!).required ?? [];
      const sent: Sent[] = [];
      for (const [what, body] of Object.entries(BODIES)) {
        // Without a body a change without required fields is one of nothing.
        if (what === 'nothing' && required.length === 0) continue;
        sent.push(await send(operation, what, path, body));
      }
      expect(notRefused(sent)).toEqual([]);
      expect(await state()).toEqual(before);
    });

    it('a field too many is refused and changes nothing', async () => {
      const before = await state();
      const known = new Set(properties.map(([name]) => name));
      const sent: Sent[] = [];
      for (const extra of EXTRA.filter((field) => !known.has(/"([^"]*)"/.exec(field)![1]!))) {
        const body = JSON.stringify(right).replace(/\}$/, `${Object.keys(right).length > 0 ? ',' : ''}${extra}}`);
        sent.push(await send(operation, extra, path, body));
      }
      expect(notRefused(sent)).toEqual([]);
      expect(await state()).toEqual(before);
    });

    it.each(properties.map(([name]) => name))(
      '%s with anything that its schema does not allow is refused',
      async (name) => {
        const allows = validatorOf(operation, name);
        const before = await state();
        const sent: Sent[] = [];
        for (const [what, value] of Object.entries(HOSTILE)) {
          if (allows(JSON.parse(value))) continue;
          const others = Object.entries(right).filter(([other, given]) => other !== name && given !== undefined);
          const fields = others.map(([other, given]) => `${JSON.stringify(other)}:${JSON.stringify(given)}`);
          sent.push(await send(operation, what, path, `{${[...fields, `"${name}":${value}`].join()}}`));
        }
        expect(notRefused(sent)).toEqual([]);
        expect(await state()).toEqual(before);
      },
    );
  });

  it('whatever a schema allows by its form is no reason to fall over either', async () => {
    const sent: Sent[] = [];
    for (const operation of operations.filter(({ body }) => body !== null)) {
      const path = await world.pathFor(
        operation,
        'admin',
        operation.path.includes('/strategies/') ? 'own' : targetOf(operation),
      );
      const right = (await world.validBody(operation)) ?? {};
      for (const [name] of Object.entries(resolveSchema(document, operation.body!).properties ?? {})) {
        const allows = validatorOf(operation, name);
        for (const [what, value] of Object.entries(HOSTILE)) {
          if (!allows(JSON.parse(value))) continue;
          const fields = Object.entries({ ...right, [name]: '@' }).filter(([, given]) => given !== undefined);
          const text = JSON.stringify(Object.fromEntries(fields)).replace('"@"', () => value);
          sent.push(await send(operation, `${operation.id} ${name} ${what}`, path, text));
        }
      }
    }
    expect(sent.length).toBeGreaterThan(50);
    expect(sent.filter(({ answer }) => answer.status >= 500).map(({ what }) => what)).toEqual([]);
  });

  const withQuery = operations.filter(({ parameters }) => parameters.some((parameter) => parameter.in === 'query'));

  it.each(withQuery)('in the query of $id', async (operation) => {
    const path = await world.pathFor(
      operation,
      'admin',
      operation.path.includes('/strategies/') ? 'own' : targetOf(operation),
    );
    const before = await state();
    const sent: Sent[] = [];
    for (const parameter of operation.parameters.filter((one) => one.in === 'query')) {
      for (const [what, value] of Object.entries(QUERIES)) {
        if (allowsText(parameter, value)) continue;
        sent.push(await send(operation, `${parameter.name}: ${what}`, `${path}?${parameter.name}=${value}`));
      }
      const { name } = parameter;
      for (const query of [`${name}=1&${name}=2`, `${name}[]=1`, `${name}[$ne]=1`]) {
        sent.push(await send(operation, query, `${path}?${query}`));
      }
    }
    for (const query of ['unknown=1', '__proto__=1', '__proto__[x]=1', 'constructor=1', '=1', 'toString=1']) {
      sent.push(await send(operation, query, `${path}?${query}`));
    }
    expect(notRefused(sent)).toEqual([]);
    expect(await state()).toEqual(before);
  });

  it.each(operations.filter(({ path }) => path.includes('{')))('in the path of $id', async (operation) => {
    const before = await state();
    const sent: Sent[] = [];
    for (const text of PATHS) {
      const body = operation.body ? JSON.stringify(await world.validBody(operation)) : undefined;
      sent.push(
        await send(
          operation,
          text,
          operation.path.replaceAll(/\{\w+\}/g, () => text),
          body,
        ),
      );
    }
    expect(notRefused(sent)).toEqual([]);
    expect(await state()).toEqual(before);
  });

  it('a head beyond 16 KiB, and what is no HTTP, is refused in the same form', async () => {
    const operation = operations.find(({ id }) => id === 'listStrategies')!;
    const { answer } = await send(operation, '', `${operation.path}?q=${'x'.repeat(20_000)}`);
    expect(answer).toMatchObject({
      status: 431,
      headers: { 'content-type': 'application/problem+json; charset=utf-8' },
    });
    expect(JSON.parse(answer.text)).toMatchObject({ status: 431, code: 'headers_too_large', errors: [] });
    const { port } = world.t.app.getHttpServer().address() as AddressInfo;
    const told = await new Promise<string>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => socket.write('NO HTTP\r\n\r\n'));
      let text = '';
      socket.on('data', (chunk) => (text += chunk.toString()));
      socket.on('close', () => resolve(text));
      socket.on('error', reject);
    });
    expect(told).toMatch(/^HTTP\/1\.1 400 Bad Request\r\nContent-Type: application\/problem\+json/);
  });

  it('params are at most 5 levels deep and 16 KiB large', async () => {
    const operation = operations.find(({ id }) => id === 'createStrategy')!;
    const right = await world.validBody(operation);
    const nested = (depth: number): unknown => (depth === 0 ? 1 : { agent_weights: nested(depth - 1) });
    for (const params of [nested(6), { agent_weights: { ['x'.repeat(16_400)]: 1 } }]) {
      const { answer } = await send(
        operation,
        '',
        operation.path,
        JSON.stringify({ ...right, instance_params: params }),
      );
      const { errors } = JSON.parse(answer.text) as { errors: { pointer: string; code: string }[] };
      expect(answer.status).toBe(422);
      expect(errors.map(({ code }) => code)).toEqual([
        expect.stringMatching(/^(too_deep|too_large|unknown_param|unknown_\w+)$/),
      ]);
    }
  });

  it('nothing has reached a prototype', () => {
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
    expect(({} as Record<string, unknown>)['is_admin']).toBeUndefined();
  });
});

function targetOf({ path }: Operation): '-' | 'there' {
  return path.includes('{') ? 'there' : '-';
}

const ajv = new Ajv2020({ strict: false });
ajv
  .addFormat('date-time', true)
  .addFormat('uuid', /^[0-9a-f-]{36}$/)
  .addFormat('password', true);
ajv.addSchema({ $id: 'document', components: withAbsoluteReferences(document.components) as object });

/** Whether the documented schema of a body allows a value for a field, beside what the field's own form does. */
function validatorOf(operation: Operation, name: string): ValidateFunction {
  const schema = resolveSchema(document, operation.body!).properties![name]!;
  return ajv.compile(withAbsoluteReferences(schema) as object);
}

function withAbsoluteReferences(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(withAbsoluteReferences);
  if (typeof part !== 'object' || part === null) return part;
  const copy = Object.fromEntries(Object.entries(part).map(([key, value]) => [key, withAbsoluteReferences(value)]));
  return typeof copy['$ref'] === 'string' ? { ...copy, $ref: `document${copy['$ref']}` } : copy;
}

/** Whether a query parameter may be this text: free text may be nearly anything, a sort only one of its fields. */
function allowsText({ name, schema }: Parameter, text: string): boolean {
  if (schema.type === 'number') return /^-?\d{1,15}$/.test(text);
  if (schema.enum || schema.format || schema.type !== 'string') return false;
  if (name === 'sort') return text === '';
  // A cursor is only what a page before gave out.
  if (name === 'cursor') return false;
  // A broken encoding arrives as U+FFFD, which is a character like any other.
  return !text.includes('%00') && text.length < 200;
}
