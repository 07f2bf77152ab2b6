import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { ProblemView } from './api-docs.js';
import { trackConsoleSession, renewConsoleSession } from './console-session.js';
import { describeLimits } from './limit-docs.js';
import { ROLES_EXTENSION } from '../public-route.js';
import { describeRefusals } from './refusal-docs.js';
import { describeVersions } from './version-docs.js';
import { describeExamples } from './request-examples.js';

/** Version of the interface; a change that breaks callers also changes the prefix. */
const API_VERSION = '1.0.0';
/** Not to be copied; `identifier` is how SPDX names a licence that is none of its list. */
const LICENSE = { name: 'Proprietary', identifier: 'LicenseRef-Proprietary' };
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
const TAGS: readonly [name: string, description: string][] = [
  ['auth', 'Accounts: register, sign in, stay signed in, the own profile.'],
  ['strategies', 'Strategies: each runs a definition with its own money and parameters.'],
  ['strategy-definitions', 'Templates that strategies are made from.'],
  ['runs', 'Ticks of a definition: the shared analyses and what came of them.'],
  ['market', 'What the market has done.'],
  ['stream', 'What happens, told as it happens.'],
  ['decision-agents', 'The rules that decide, their parameters, and the what-if.'],
  ['admin: registries', 'Switches, limits and keys of agents, tools and APIs.'],
  ['admin: users', 'Roles and access of users.'],
  ['admin: audit log', 'Who did what, and when.'],
  ['admin: language models', 'What language models were asked, what they answered, and what it cost.'],
  ['admin: system', 'Whether everything runs: schedule, queue, sources, failures, invariants, versions.'],
  ['health', 'Probes.'],
];

/**
 * The OpenAPI 3.1 document of the whole interface. Needs no database: it also works on an application that was
 * created with `{ preview: true }`.
 */
export function buildOpenApi(app: NestExpressApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Conclave')
    .setDescription(
      'One analysis, many portfolios, every decision explained. In the console, sign in with POST /api/v1/auth/login: ' +
        'the token is put into Authorize by itself. Elsewhere send the access_token as a bearer token. Every error is ' +
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

/** Serves the console at `/docs` and the document at `/docs-json`; built at the first request. */
export function setUpSwagger(app: NestExpressApplication): void {
  // The page names its scripts relative to itself: under /docs/ it would be blank.
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
      // Every operation with its example can be sent at once.
      tryItOutEnabled: true,
      // The badge would send the document to a server of others.
      validatorUrl: null,
      requestInterceptor: renewConsoleSession,
      responseInterceptor: trackConsoleSession,
    },
  });
}

/** Says in every operation's description who may call it, from the same mark that the guard reads. */
function describeRoles(document: OpenAPIObject): OpenAPIObject {
  for (const item of Object.values(document.paths)) {
    for (const method of METHODS) {
      const operation = item[method];
      const roles = (operation as Record<string, unknown> | undefined)?.[ROLES_EXTENSION];
      if (!operation || !Array.isArray(roles)) continue;
      // An empty list, not a missing one: nobody forgot to say.
      operation.security ??= [];
      const who = `Who: ${roles.join(', ')}.`;
      operation.description = operation.description ? `${operation.description}\n\n${who}` : who;
    }
  }
  return document;
}
