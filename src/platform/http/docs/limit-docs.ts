import type { OpenAPIObject } from '@nestjs/swagger';
import { ProblemView, IDEMPOTENCY_KEY_HEADER } from './api-docs.js';
import { API_PREFIX } from '../configure-http.js';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Answer = Exclude<Operation['responses'][string], { $ref: string } | undefined>;
type Headers = NonNullable<Answer['headers']>;

/** The headers that tell a caller of the limits, described once for the whole document. */
const LIMIT_HEADERS: Headers = {
  RateLimit: {
    description:
      'What remains to the caller in this window (r) and when it ends (t, seconds), as ' +
      'draft-ietf-httpapi-ratelimit-headers has it. Absent where limits are switched off.',
    schema: { type: 'string', example: '"user";r=599;t=60' },
  },
  'RateLimit-Policy': {
    description: 'The quota (q) of a window (w, seconds) of this kind of caller: "user" or "address".',
    schema: { type: 'string', example: '"user";q=600;w=60' },
  },
  'Retry-After': {
    description: 'Seconds to wait.',
    schema: { type: 'integer', minimum: 1, example: 30 },
  },
  'Idempotency-Replayed': {
    description: 'true: this is the answer to an earlier request with the same Idempotency-Key.',
    schema: { type: 'string', enum: ['true'], example: 'true' },
  },
};

const TOO_MANY_REQUESTS: Answer = {
  description:
    'Too many requests (`rate_limited`) or failed attempts (`too_many_attempts`); Retry-After says when to come back.',
  headers: references('RateLimit', 'RateLimit-Policy', 'Retry-After'),
  content: { 'application/problem+json': { schema: { $ref: `#/components/schemas/${ProblemView.name}` } } },
};

/**
 * Adds to every operation below the prefix what holds for all of them: the answer 429, the headers of the limits and,
 * where an Idempotency-Key is accepted, the header of a repeated answer.
 */
export function describeLimits(document: OpenAPIObject): OpenAPIObject {
  document.components = { ...document.components, headers: { ...document.components?.headers, ...LIMIT_HEADERS } };
  for (const [path, item] of Object.entries(document.paths)) {
    if (!path.startsWith(`${API_PREFIX}/`)) continue;
    for (const method of METHODS) {
      const operation = item[method];
      if (operation) describeOperation(operation);
    }
  }
  return document;
}

function describeOperation(operation: Operation): void {
  const { parameters = [], responses } = operation;
  const repeatable = parameters.some((one) => 'name' in one && one.name === IDEMPOTENCY_KEY_HEADER.name);
  for (const [status, answer] of Object.entries(responses)) {
    if (!status.startsWith('2') || !answer || '$ref' in answer) continue;
    const more = repeatable ? references('Idempotency-Replayed') : {};
    answer.headers = { ...answer.headers, ...references('RateLimit', 'RateLimit-Policy'), ...more };
  }
  const own = responses['429'];
  const description = own && 'description' in own ? `${own.description} ${TOO_MANY_REQUESTS.description}` : null;
  responses['429'] = description === null ? TOO_MANY_REQUESTS : { ...TOO_MANY_REQUESTS, description };
}

function references(...names: (keyof typeof LIMIT_HEADERS & string)[]): Headers {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}
