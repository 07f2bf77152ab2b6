import fc from 'fast-check';
import { resolveSchema, type ApiDocument, type Schema } from '../support/api-document.js';

/** Stands for a number that JSON.stringify cannot write; {@link toJson} puts it in. */
const HUGE = '@1e309@';

/** Any text of UTF-16 units, halves of surrogate pairs and control characters among them. */
const anyText = fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) });

/** What has made programs stumble before. */
const HOSTILE: readonly unknown[] = [
  null,
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  'x\udfff',
  '\u202eevil',
  '__proto__',
  'constructor',
  'toString',
  '../../etc/passwd',
  'data:text/javascript,1',
  'node:child_process',
  "' OR 1=1 --",
  '"; DROP TABLE users; --',
  '%00',
  '%',
  '${7*7}',
  '{{7*7}}',
  '<script>alert(1)</script>',
  '1e309',
  'NaN',
  '-0',
  '0x10',
  '١٢٣',
  '9'.repeat(60),
  0,
  -0,
  -1,
  0.1,
  1e-320,
  1e21,
  1e308,
  HUGE,
  2_147_483_647,
  2_147_483_648,
  -2_147_483_649,
  2 ** 53,
  true,
  false,
  [],
  [[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]],
  [null],
  {},
  { length: 1e9 },
  { toString: 1 },
  Object.fromEntries([['__proto__', { admin: true }]]),
  Object.fromEntries([['constructor', { prototype: { admin: true } }]]),
  { hasOwnProperty: 1 },
  'é'.repeat(200),
  'x'.repeat(300),
  'x'.repeat(20_000),
];

const hostile = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...HOSTILE) },
  { weight: 1, arbitrary: anyText },
  { weight: 1, arbitrary: fc.double() },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
);

/** A value that the schema allows, as far as it says so. */
function allowed(document: ApiDocument, given: Schema): fc.Arbitrary<unknown> {
  const schema = resolveSchema(document, given);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.oneOf) return fc.oneof(...schema.oneOf.map((one) => allowed(document, one)));
  const types = [schema.type ?? 'object'].flat() as string[];
  return fc.oneof(...types.map((type) => ofType(document, type, schema)));
}

function ofType(document: ApiDocument, type: string, schema: Schema): fc.Arbitrary<unknown> {
  const { minimum = -10, maximum = 10_000, minLength = 0, maxLength = 40 } = schema;
  switch (type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: minimum, max: maximum });
    case 'number':
      return fc.double({ min: minimum, max: maximum, noNaN: true });
    case 'string':
      if (schema.format === 'uuid') return fc.uuid();
      if (schema.format === 'date-time') return fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
      return fc.oneof(
        fc.string({ minLength, maxLength: Math.max(minLength, Math.min(maxLength, 60)), unit: 'grapheme' }),
        fc.double({ min: 0, max: 1e6, noNaN: true }).map(String),
      );
    case 'array':
      return fc.array(schema.items ? allowed(document, schema.items) : fc.jsonValue(), { maxLength: 4 });
    default:
      return objectOf(document, schema);
  }
}

function objectOf(document: ApiDocument, schema: Schema): fc.Arbitrary<unknown> {
  if (!schema.properties)
    return fc.oneof(fc.constant(schema.example ?? {}), fc.dictionary(fc.string(), fc.jsonValue()));
  const properties = Object.entries(schema.properties).map(([name, property]) => [name, allowed(document, property)]);
  return fc.record(Object.fromEntries(properties) as Record<string, fc.Arbitrary<unknown>>, {
    requiredKeys: [...(schema.required ?? [])],
  });
}

/** Mostly what the schema allows, sometimes what nobody should send. */
export function valueOf(document: ApiDocument, schema: Schema): fc.Arbitrary<unknown> {
  const example = resolveSchema(document, schema).example ?? schema.example;
  return fc.oneof(
    { weight: 3, arbitrary: example === undefined ? allowed(document, schema) : fc.constant(example) },
    { weight: 4, arbitrary: allowed(document, schema) },
    { weight: 3, arbitrary: hostile },
  );
}

/** A value as the text of a query parameter, a path segment or a header. */
export function asText(value: unknown): string {
  if (value === HUGE) return '1e309';
  return typeof value === 'string' ? value : String(JSON.stringify(value));
}

/** Percent-encoded, where it can be; half a surrogate pair has no UTF-8 and goes as the bytes of a broken encoder. */
export function percentEncoded(text: string): string {
  return [...text]
    .map((character) => (/\p{Surrogate}/u.test(character) ? '%ED%A0%80' : encodeURIComponent(character)))
    .join('');
}

/** JSON in which {@link HUGE} has become the number that no double can hold. */
export function toJson(value: unknown): string {
  return String(JSON.stringify(value)).replaceAll(`"${HUGE}"`, '1e309');
}

export { hostile, anyText };
