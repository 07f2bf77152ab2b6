import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { ApiDocument, Operation, Schema } from '../support/api-document.js';
import type { WireAnswer } from '../support/http-client.js';
import { ROOT } from '../support/eventually.js';

const FORMATS: Readonly<Record<string, RegExp | true>> = {
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  email: /^[^@\s]+@[^@\s]+$/,
  password: true,
};

/** What no answer may hold: the inside of the program. None of the fuzzer's own inputs matches. */
const INSIDE: readonly [string, RegExp][] = [
  ['a password hash', /\$argon2|password_hash/i],
  ['a stack', /\n\s+at |\\n\s+at |node_modules|node:internal/],
  ['a path of this machine', new RegExp(ROOT.replaceAll(/[^\w]/g, '\\$&'))],
  ['SQL', /\b(SELECT|INSERT INTO|UPDATE|DELETE FROM)\b.{0,200}\b(FROM|VALUES|SET|WHERE)\b|syntax error at or near/],
  [
    'a name of the database',
    /\b(QueryFailedError|violates \w+ constraint|relation \\?"|column \\?"|(pk|fk|uq|ck|ix)_[a-z]+_[a-z_]+)\b/,
  ],
  ['an error of a library', /\b(TypeError|RangeError|SyntaxError|ReferenceError|ECONNREFUSED|Cannot read propert)/],
];

/** Checks answers against the document, and for what must not leave. */
export class AnswerCheck {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: false });
  private readonly compiled = new Map<string, ValidateFunction>();

  constructor(
    document: ApiDocument,
    /** Text that must be in no answer, in whatever form it may come. */
    private readonly secrets: readonly string[],
  ) {
    for (const [name, format] of Object.entries(FORMATS)) this.ajv.addFormat(name, format);
    this.ajv.addSchema({ $id: 'document', components: closed(document.components) as object });
  }

  /** What is wrong with an answer, or null. */
  faultOf(operation: Operation, { status, headers, text }: WireAnswer): string | null {
    if (status >= 500) return `answers ${status}`;
    const inside = INSIDE.find(([, pattern]) => pattern.test(text));
    if (inside) return `shows ${inside[0]}: ${inside[1].exec(text)?.[0]}`;
    if (this.secrets.some((secret) => text.includes(secret))) return 'shows a secret';
    const documented = operation.responses[String(status)];
    if (!documented) return `answers ${status}, which is not documented`;
    if (!documented.content) return text === '' ? null : `answers ${status} with a body, documented without`;
    const [type = ''] = String(headers['content-type'] ?? '').split(';');
    const schema = documented.content[type]?.schema;
    if (!schema)
      return `answers ${status} as ${type || 'nothing'}, documented as ${Object.keys(documented.content).join()}`;
    return this.schemaFault(`${operation.id} ${status} ${type}`, schema, text);
  }

  private schemaFault(key: string, schema: Schema, text: string): string | null {
    let validate = this.compiled.get(key);
    if (!validate) {
      validate = this.ajv.compile(closed(schema) as object);
      this.compiled.set(key, validate);
    }
    let body: unknown;
    try {
      // Of events, the data of the first.
      body = JSON.parse(/^event: [\w.]+\nid: \S+\ndata: (.+)\n\n/.exec(text)?.[1] ?? text);
    } catch {
      return 'is no JSON';
    }
    if (validate(body)) return null;
    const [error] = validate.errors ?? [];
    return `does not match its schema: ${error?.instancePath} ${error?.message} ${JSON.stringify(error?.params)}`;
  }
}

/** A copy that allows no property but those that are documented, with references into the added document. */
function closed(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(closed);
  if (typeof part !== 'object' || part === null) return part;
  const copy = Object.fromEntries(Object.entries(part).map(([key, value]) => [key, closed(value)]));
  if (typeof copy['$ref'] === 'string') copy['$ref'] = `document${copy['$ref']}`;
  const isObject = typeof copy['properties'] === 'object' && copy['type'] === 'object';
  return isObject && copy['additionalProperties'] === undefined ? { ...copy, additionalProperties: false } : copy;
}
