import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { API_PREFIX } from '../configure-http.js';
import { ProblemView, problemAnswer, IDEMPOTENCY_KEY_HEADER } from './api-docs.js';
import { trackConsoleSession, renewConsoleSession } from './console-session.js';
import { ROLES_EXTENSION } from '../public-route.js';

/** Version of the API; a breaking change also changes the prefix. */
const API_VERSION = '1.0.0';
/** `identifier` is SPDX's notation for a licence that is not on its list. */
const LICENSE = { name: 'Proprietary', identifier: 'LicenseRef-Proprietary' };
export const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
const TAGS: readonly [name: string, description: string][] = [
  ['auth', 'Accounts, sessions and the own profile.'],
  ['strategies', 'Strategies: each runs a definition with its own money and parameters.'],
  ['strategy-definitions', 'Templates that strategies are created from.'],
  ['runs', 'Runs of a definition: shared analyses and their results.'],
  ['market', 'Candles.'],
  ['stream', 'Live events.'],
  ['decision-agents', 'Decision rules, their params, and the what-if.'],
  ['admin: registries', 'Switches, limits and keys of agents, tools and APIs.'],
  ['admin: users', 'Roles and access of users.'],
  ['admin: audit log', 'Changes by users and administrators.'],
  ['admin: language models', 'Calls of language models: prompts, answers and costs.'],
  ['admin: system', 'Schedule, queue, sources, failures, invariants and versions.'],
  ['health', 'Probes.'],
];

/**
 * The OpenAPI 3.1 document of the whole API. Needs no database: it also works on an application that was created with
 * `{ preview: true }`.
 */
export function buildOpenApi(app: NestExpressApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Conclave')
    .setDescription(
      'One analysis, many strategies, every decision explained. To try requests on this page, execute ' +
        'POST /api/v1/auth/login first: its token is used from then on. Other clients send the access_token as a ' +
        'bearer token. Every error is ' +
        'application/problem+json (RFC 9457); money is a decimal string.',
    )
    .setVersion(API_VERSION)
    .addServer('/')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' });
  for (const [name, description] of TAGS) builder.addTag(name, description);
  const document = SwaggerModule.createDocument(app, builder.build(), { extraModels: [ProblemView] });
  document.info.license = LICENSE;
  return describeVersions(describeExamples(describeLimits(describeRefusals(describeRoles(document)))));
}

/** Serves Swagger UI at `/docs` and the document at `/docs-json`, which is built at the first request. */
export function setUpSwagger(app: NestExpressApplication): void {
  // The page refers to its scripts by relative paths: under /docs/ it would be blank.
  app.use((req: Request, res: Response, next: NextFunction) =>
    req.path === '/docs/' ? res.redirect(308, `/docs${req.url.slice(req.path.length)}`) : next(),
  );
  SwaggerModule.setup('docs', app, () => buildOpenApi(app), {
    raw: ['json'],
    customSiteTitle: 'Conclave API',
    swaggerOptions: {
      persistAuthorization: true,
      docExpansion: 'none',
      displayRequestDuration: true,
      filter: true,
      // Every operation can be sent with its example, without a click before.
      tryItOutEnabled: true,
      // The badge would send the document to an external server.
      validatorUrl: null,
      requestInterceptor: renewConsoleSession,
      responseInterceptor: trackConsoleSession,
    },
  });
}

/** Adds the roles to the description of every operation, from the decorator that also sets the mark of the guard. */
function describeRoles(document: OpenAPIObject): OpenAPIObject {
  for (const item of Object.values(document.paths)) {
    for (const method of METHODS) {
      const operation = item[method];
      const roles = (operation as Record<string, unknown> | undefined)?.[ROLES_EXTENSION];
      if (!operation || !Array.isArray(roles)) continue;
      // An explicit empty list states that the operation needs no token.
      operation.security ??= [];
      const who = `Roles: ${roles.join(', ')}.`;
      operation.description = operation.description ? `${operation.description}\n\n${who}` : who;
    }
  }
  return document;
}

const BODY_METHODS = ['post', 'put', 'patch'] as const;
const SCHEMA_PREFIX = '#/components/schemas/';

type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;
type Schema = Schemas[string];
type SchemaObject = Exclude<Schema, { $ref: string }>;

/**
 * Gives every request body an example, built from the examples of its fields, that Swagger UI shows and can send as it
 * is. A field without an example is left out, and so is a secret that is not required, because Execute would store it. A
 * body with an example of its own is left unchanged.
 */
function describeExamples(document: OpenAPIObject): OpenAPIObject {
  const schemas = document.components?.schemas ?? {};
  for (const item of Object.values(document.paths)) {
    for (const method of BODY_METHODS) {
      const body = item[method]?.requestBody;
      const content = body && 'content' in body ? body.content['application/json'] : undefined;
      if (!content?.schema || content.example !== undefined || content.examples !== undefined) continue;
      content.example = exampleOf(content.schema, schemas);
    }
  }
  return document;
}

/** @returns undefined when neither the schema nor its fields have an example. */
function exampleOf(schema: Schema, schemas: Schemas): unknown {
  if ('$ref' in schema) {
    const target = schemas[schema.$ref.slice(SCHEMA_PREFIX.length)];
    return target && exampleOf(target, schemas);
  }
  if (schema.example !== undefined) return schema.example;
  const parts = schema.allOf?.map((part) => exampleOf(part, schemas)) ?? [];
  const fields = Object.entries(schema.properties ?? {})
    .map(([name, field]) => [name, exampleOf(field, schemas)] as const)
    .filter(([name, example]) => example !== undefined && !isOptionalSecret(schema, name));
  if (parts.length === 0 && fields.length === 0) return undefined;
  return Object.assign({}, ...parts, Object.fromEntries(fields)) as unknown;
}

function isOptionalSecret({ properties = {}, required = [] }: SchemaObject, name: string): boolean {
  const field = properties[name];
  return field !== undefined && 'format' in field && field.format === 'password' && !required.includes(name);
}

const VERSIONED_METHODS = ['get', 'post', 'patch', 'delete'] as const;

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Answer = Exclude<Operation['responses'][string], { $ref: string } | undefined>;

/** The headers of one resource, described once for the whole document. */
const HEADERS: NonNullable<Answer['headers']> = {
  ETag: {
    description: 'The version of the resource; to be sent as If-Match with a change.',
    schema: { type: 'string', example: '"v1"' },
  },
  Location: {
    description: 'Where to find what was made.',
    schema: { type: 'string', example: '/api/v1/strategies/0199b2b4-5a3c-7f6e-9d57-0a4b6a1d1f10' },
  },
};

/** Adds ETag to every answer that is one versioned resource, and Location to what was just created or started. */
function describeVersions(document: OpenAPIObject): OpenAPIObject {
  document.components = { ...document.components, headers: { ...document.components?.headers, ...HEADERS } };
  for (const item of Object.values(document.paths)) {
    for (const method of VERSIONED_METHODS) {
      const responses = item[method]?.responses ?? {};
      if (hasVersion(responses['200'], document)) addHeaders(responses['200'], 'ETag');
      if (hasVersion(responses['201'], document)) addHeaders(responses['201'], 'ETag');
      for (const status of ['201', '202']) addHeaders(responses[status], 'Location');
    }
  }
  return document;
}

function addHeaders(answer: Operation['responses'][string], ...names: (keyof typeof HEADERS & string)[]): void {
  if (!answer || '$ref' in answer) return;
  const references = names.map((name) => [name, { $ref: `#/components/headers/${name}` }]);
  answer.headers = { ...answer.headers, ...Object.fromEntries(references) };
}

function hasVersion(answer: Operation['responses'][string], document: OpenAPIObject): boolean {
  if (!answer || '$ref' in answer) return false;
  const schema = answer.content?.['application/json']?.schema;
  if (!schema || !('$ref' in schema)) return false;
  const target = document.components?.schemas?.[schema.$ref.slice(SCHEMA_PREFIX.length)];
  return target !== undefined && !('$ref' in target) && target.properties?.['version'] !== undefined;
}

/**
 * Adds to every operation below the prefix the errors that do not depend on its handler: broken percent-encoding in the
 * path, an unreadable body, fields where none are allowed, a database that does not answer. Answers that an operation
 * documents itself stay.
 */
function describeRefusals(document: OpenAPIObject): OpenAPIObject {
  for (const [path, item] of Object.entries(document.paths)) {
    if (!path.startsWith(`${API_PREFIX}/`)) continue;
    for (const method of METHODS) {
      const responses = item[method]?.responses;
      if (!responses) continue;
      const reading = method === 'get' ? [] : [400, 413, 415, 422];
      const statuses = [...(path.includes('{') ? [400] : []), ...reading, 503];
      for (const status of statuses) responses[String(status)] ??= problemAnswer(status);
      for (const answer of Object.values(responses)) {
        if (answer && 'description' in answer) answer.description = withoutRepeats(answer.description);
      }
    }
  }
  return document;
}

/** When two decorators document the same answer, the framework joins their descriptions. */
function withoutRepeats(description: string): string {
  return [...new Set(description.split('\n\n'))].join('\n\n');
}

type Headers = NonNullable<Answer['headers']>;

/** The headers of the limits, described once for the whole document. */
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
 * Adds to every operation below the prefix the answer 429 and the headers of the limits and, where an Idempotency-Key
 * is accepted, the header of a replayed answer.
 */
function describeLimits(document: OpenAPIObject): OpenAPIObject {
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
