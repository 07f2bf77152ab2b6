import type { OpenAPIObject } from '@nestjs/swagger';

const METHODS = ['post', 'put', 'patch'] as const;
const SCHEMA_PREFIX = '#/components/schemas/';

type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;
type Schema = Schemas[string];

/**
 * Gives every request body a filled-in example, put together from the examples of its fields: the console shows it,
 * and it can be sent as it is. A field without an example is left out; a body with an example of its own keeps it.
 */
export function describeExamples(document: OpenAPIObject): OpenAPIObject {
  const schemas = document.components?.schemas ?? {};
  for (const item of Object.values(document.paths)) {
    for (const method of METHODS) {
      const body = item[method]?.requestBody;
      const content = body && 'content' in body ? body.content['application/json'] : undefined;
      if (!content?.schema || content.example !== undefined || content.examples !== undefined) continue;
      content.example = exampleOf(content.schema, schemas);
    }
  }
  return document;
}

/** @returns undefined where nothing is said. */
function exampleOf(schema: Schema, schemas: Schemas): unknown {
  if ('$ref' in schema) {
    const target = schemas[schema.$ref.slice(SCHEMA_PREFIX.length)];
    return target && exampleOf(target, schemas);
  }
  if (schema.example !== undefined) return schema.example;
  const parts = schema.allOf?.map((part) => exampleOf(part, schemas)) ?? [];
  const fields = Object.entries(schema.properties ?? {})
    .map(([name, field]) => [name, exampleOf(field, schemas)] as const)
    .filter(([, example]) => example !== undefined);
  if (parts.length === 0 && fields.length === 0) return undefined;
  return Object.assign({}, ...parts, Object.fromEntries(fields)) as unknown;
}
