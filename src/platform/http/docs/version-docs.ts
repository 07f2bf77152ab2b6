import type { OpenAPIObject } from '@nestjs/swagger';

const METHODS = ['get', 'post', 'patch', 'delete'] as const;
const SCHEMA_PREFIX = '#/components/schemas/';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Answer = Exclude<Operation['responses'][string], { $ref: string } | undefined>;

/** The headers that go with one resource, described once for the whole document. */
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

/** Adds ETag to every answer that is one resource with a version, and Location to what was just made or begun. */
export function describeVersions(document: OpenAPIObject): OpenAPIObject {
  document.components = { ...document.components, headers: { ...document.components?.headers, ...HEADERS } };
  for (const item of Object.values(document.paths)) {
    for (const method of METHODS) {
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

/** Whether the answer is one resource that counts its changes. */
function hasVersion(answer: Operation['responses'][string], document: OpenAPIObject): boolean {
  if (!answer || '$ref' in answer) return false;
  const schema = answer.content?.['application/json']?.schema;
  if (!schema || !('$ref' in schema)) return false;
  const target = document.components?.schemas?.[schema.$ref.slice(SCHEMA_PREFIX.length)];
  return target !== undefined && !('$ref' in target) && target.properties?.['version'] !== undefined;
}
