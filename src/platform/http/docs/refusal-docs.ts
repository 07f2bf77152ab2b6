import type { OpenAPIObject } from '@nestjs/swagger';
import { problemAnswer } from './api-docs.js';
import { API_PREFIX } from '../configure-http.js';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/**
 * Adds to every operation below the prefix what is answered before or around its handler, whatever the handler does:
 * a path whose percent-encoding is broken, a body that cannot be read, or has fields where none are wanted, a
 * database that does not answer. What an operation says itself stays.
 */
export function describeRefusals(document: OpenAPIObject): OpenAPIObject {
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

/** Where two decorators document the same answer, the framework puts both descriptions one below the other. */
function withoutRepeats(description: string): string {
  return [...new Set(description.split('\n\n'))].join('\n\n');
}
