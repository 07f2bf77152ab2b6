import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { ProblemView } from './api-docs.js';
import { ROLES_EXTENSION } from './public-route.js';

/** Version of the interface; a change that breaks callers also changes the prefix. */
const API_VERSION = '1.0.0';
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
const TAGS: readonly [name: string, description: string][] = [
  ['auth', 'Accounts: register, sign in, stay signed in, the own profile.'],
  ['strategies', 'Instances: portfolios that run a definition with their own money and parameters.'],
  ['strategy-definitions', 'Templates that instances are made from.'],
  ['runs', 'Ticks of a definition: the shared analyses and what came of them.'],
  ['decision-agents', 'The rules that decide, their parameters, and the what-if.'],
  ['admin: registries', 'Switches, limits and keys of agents, tools and APIs.'],
  ['admin: users', 'Roles and access of users.'],
  ['admin: audit log', 'Who did what, and when.'],
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
      'One analysis, many portfolios, every decision explained. Sign in with POST /api/v1/auth/login and paste the ' +
        'access_token under Authorize. Every error is application/problem+json (RFC 9457); money is a decimal string.',
    )
    .setVersion(API_VERSION)
    .addServer('/')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' });
  for (const [name, description] of TAGS) builder.addTag(name, description);
  const document = SwaggerModule.createDocument(app, builder.build(), { extraModels: [ProblemView] });
  return describeRoles(document);
}

/** Serves the console at `/docs` and the document at `/docs-json`; built at the first request. */
export function setUpSwagger(app: NestExpressApplication): void {
  SwaggerModule.setup('docs', app, () => buildOpenApi(app), {
    raw: ['json'],
    customSiteTitle: 'Conclave API',
    swaggerOptions: {
      persistAuthorization: true,
      docExpansion: 'none',
      displayRequestDuration: true,
      filter: true,
      // The badge would send the document to a server of others.
      validatorUrl: null,
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
      const who = `Who: ${roles.join(', ')}.`;
      operation.description = operation.description ? `${operation.description}\n\n${who}` : who;
    }
  }
  return document;
}
