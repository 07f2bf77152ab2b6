import type { z } from 'zod';
import { ApiFailure } from './api-failure.js';

/**
 * The body as JSON of the documented shape. Nothing of the body reaches the message: it can be anything.
 * @throws ApiFailure `not_json` (an error page, a body that was cut off) or `unexpected_answer`.
 */
export function parsedJson<T>(apiName: string, body: Buffer, schema: z.ZodType<T>): T {
  let content: unknown;
  try {
    content = JSON.parse(body.toString('utf8'));
  } catch (cause) {
    throw new ApiFailure(apiName, 'not_json', `its answer is not JSON (${body.length} bytes).`, null, { cause });
  }
  const result = schema.safeParse(content);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  const place = issue.path.length === 0 ? 'the whole' : issue.path.join('.');
  throw new ApiFailure(apiName, 'unexpected_answer', `its answer is not as documented: ${place} (${issue.code}).`);
}
