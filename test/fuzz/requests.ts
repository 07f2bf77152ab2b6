import fc from 'fast-check';
import { resolveSchema, type ApiDocument, type Operation, type Parameter } from '../support/api-document.js';
import type { Target } from '../support/world.js';
import { anyText, asText, hostile, percentEncoded, toJson, valueOf } from './values.js';

/** What becomes of one field of a right body. */
type Change =
  | { readonly does: 'keep' }
  | { readonly does: 'leave out' }
  | { readonly does: 'set'; readonly to: unknown };

type BodyPlan =
  | { readonly kind: 'none' }
  | { readonly kind: 'raw'; readonly text: string; readonly type: string }
  | {
      readonly kind: 'fields';
      readonly changes: Readonly<Record<string, Change>>;
      readonly extra: readonly (readonly [string, unknown])[];
    }
  | {
      /** Two numbers of a right body, wherever they stand, replaced: each alone may be harmless. */
      readonly kind: 'pair';
      readonly places: readonly [number, number];
      readonly values: readonly [number, number];
    };

/** A request before it is known which ids there are. */
export interface RequestPlan {
  /** What the path names; null: a hostile text in place of each parameter. */
  readonly target: Target | null;
  readonly pathText: string;
  readonly query: readonly (readonly [string, string])[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: BodyPlan;
}

/** A whole head may have 16 KiB; what is longer never reaches the program (see point 7). */
const LONGEST_URL_TEXT = 400;

function urlText(value: unknown): string {
  return asText(value).slice(0, LONGEST_URL_TEXT);
}

/** Plans for one operation: about half of them right in every part. */
export function requestPlans(document: ApiDocument, operation: Operation): fc.Arbitrary<RequestPlan> {
  return fc.record({
    target: targets(operation),
    // Without any text it would be the path of another operation.
    pathText: hostile.map((value) => urlText(value) || ' '),
    query: queries(document, operation),
    headers: headers(operation),
    body: bodies(document, operation),
  });
}

function targets({ path }: Operation): fc.Arbitrary<Target | null> {
  if (!path.includes('{')) return fc.constant('-');
  const there: Target[] = path.includes('/strategies/') ? ['own', "other's", "other's, stopped"] : ['there'];
  return fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...there) },
    { weight: 1, arbitrary: fc.constant<Target>('missing') },
    { weight: 1, arbitrary: fc.constant(null) },
  );
}

function queries(document: ApiDocument, operation: Operation): fc.Arbitrary<[string, string][]> {
  const known = operation.parameters.filter((parameter) => parameter.in === 'query');
  const of = ({ name, schema }: Parameter) =>
    fc.tuple(fc.constant(name), valueOf(document, schema).map(urlText)) as fc.Arbitrary<[string, string]>;
  const unknown = fc.tuple(
    fc.constantFrom('fields', '__proto__', 'constructor', 'limit[]', 'sort[$ne]', 'access_token', ''),
    hostile.map(urlText),
  );
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant<[string, string][]>([]) },
    ...(known.length > 0 ? [{ weight: 6, arbitrary: fc.array(fc.oneof(...known.map(of)), { maxLength: 3 }) }] : []),
    { weight: 1, arbitrary: fc.array(fc.oneof(unknown, ...known.map(of)), { minLength: 1, maxLength: 3 }) },
  );
}

/** Of headers, what HTTP lets pass: visible ASCII and blanks. */
const headerText = fc.string({ unit: 'grapheme-ascii', maxLength: 80 }).map((text) => text.trim());

function headers(operation: Operation): fc.Arbitrary<Record<string, string>> {
  const documented = operation.parameters.filter((parameter) => parameter.in === 'header').map(({ name }) => name);
  const values = fc.oneof(fc.constantFrom('"v1"', '"v2"', '*', 'W/"v1"', '', 'strict', '"v99999999999"'), headerText);
  const some = fc.dictionary(fc.constantFrom(...documented, 'Prefer', 'X-Request-ID', 'Accept'), values, {
    maxKeys: 2,
  });
  return fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: some });
}

function bodies(document: ApiDocument, operation: Operation): fc.Arbitrary<BodyPlan> {
  const none = fc.constant<BodyPlan>({ kind: 'none' });
  if (!operation.body) return operation.method === 'post' ? fc.oneof(none, none, raw) : none;
  const properties = Object.entries(resolveSchema(document, operation.body).properties ?? {});
  const keep = fc.constant<Change>({ does: 'keep' });
  const changes = fc.record(
    Object.fromEntries(
      properties.map(([name, schema]) => {
        const set = valueOf(document, schema).map((to): Change => ({ does: 'set', to }));
        const change = fc.oneof(
          { weight: 6, arbitrary: keep },
          { weight: 1, arbitrary: fc.constant<Change>({ does: 'leave out' }) },
          { weight: 3, arbitrary: set },
        );
        return [name, change];
      }),
    ),
  );
  const names = fc.oneof(
    fc.constantFrom('__proto__', 'constructor', 'id', 'role', 'user_id', 'is_admin', 'current_balance', 'version'),
    anyText,
  );
  const extra = fc.array(fc.tuple(names, hostile), { minLength: 1, maxLength: 2 });
  const fields = (more: typeof extra | fc.Arbitrary<[]>): fc.Arbitrary<BodyPlan> =>
    fc.record({ kind: fc.constant('fields' as const), changes, extra: more });
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant<BodyPlan>({ kind: 'fields', changes: {}, extra: [] }) },
    { weight: 8, arbitrary: fields(fc.constant<[]>([])) },
    { weight: 2, arbitrary: fields(extra) },
    { weight: 1, arbitrary: raw },
    { weight: 1, arbitrary: none },
  );
}

const raw: fc.Arbitrary<BodyPlan> = fc.record({
  kind: fc.constant('raw' as const),
  text: fc.oneof(
    fc.constantFrom('', '{', '{"a":', 'null', '[]', '"x"', '{}', '1e309', '{"a":1,"a":2}', `${'['.repeat(5000)}1`),
    fc.constant(`{"a":"${'x'.repeat(120_000)}"}`),
    hostile.map(toJson),
  ),
  type: fc.oneof(
    { weight: 4, arbitrary: fc.constant('application/json') },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        'text/plain',
        'application/json; charset=utf-16',
        'application/xml',
        'multipart/form-data',
        '',
      ),
    },
  ),
});

/** The text of a body: a right one with the plan's changes; undefined when none is sent. */
export function bodyText(plan: BodyPlan, right: Readonly<Record<string, unknown>> | undefined): string | undefined {
  if (plan.kind === 'none') return undefined;
  if (plan.kind === 'raw') return plan.text;
  if (plan.kind === 'pair') return toJson(withPair(right ?? {}, plan));
  const fields = Object.entries(right ?? {}).flatMap(([name, value]): [string, unknown][] => {
    const change = plan.changes[name] ?? { does: 'keep' };
    if (change.does === 'leave out') return [];
    return [[name, change.does === 'set' ? change.to : value]];
  });
  // fromEntries makes own properties of every name, `__proto__` too.
  return toJson(Object.fromEntries([...fields, ...plan.extra]));
}

/** Numbers that stay numbers everywhere, and that no quotient or product of two survives. */
const EXTREMES = [
  [1e308, 1e-18],
  [1e-18, 1e308],
  [1e308, 1e308],
] as const;

/** A right request with each pair of its numbers at both ends of what a number can be. */
export function pairPlans(right: object): RequestPlan[] {
  const count = numbersIn(right).length;
  const plan = (places: [number, number], values: readonly [number, number]): RequestPlan => ({
    target: 'there',
    pathText: '',
    query: [],
    headers: {},
    body: { kind: 'pair', places, values },
  });
  return Array.from({ length: count }, (_, one) => one).flatMap((one) =>
    Array.from({ length: one }, (_, other) => other).flatMap((other) =>
      EXTREMES.map((values) => plan([one, other], values)),
    ),
  );
}

function withPair(right: object, { places, values }: Extract<BodyPlan, { kind: 'pair' }>): object {
  const body = structuredClone(right);
  const numbers = numbersIn(body);
  for (const [index, at] of places.entries()) numbers[at]!(values[index]!);
  return body;
}

/** A setter for each number of a document, and for each text that is one. */
function numbersIn(value: object): ((to: number) => void)[] {
  return Object.entries(value).flatMap(([key, child]: [string, unknown]) => {
    if (typeof child === 'object' && child !== null) return numbersIn(child);
    const isNumber = typeof child === 'number' || (typeof child === 'string' && /^-?\d+(\.\d+)?$/.test(child));
    return isNumber ? [(to: number): void => void Object.assign(value, { [key]: to })] : [];
  });
}

/** `?a=1&a=2`, or nothing. */
export function queryText(query: RequestPlan['query']): string {
  const pairs = query.map(([name, value]) => `${percentEncoded(name)}=${percentEncoded(value)}`);
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}
