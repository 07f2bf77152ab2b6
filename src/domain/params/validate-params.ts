import type { z } from 'zod';
import type { Violation } from '../violation.js';
import { schemaViolations, type DocumentWords } from './schema-violations.js';

/** Valid params, or everything that is wrong with them. */
export type ValidatedParams<T> =
  | { readonly params: T; readonly violations: readonly [] }
  | { readonly params: null; readonly violations: readonly Violation[] };

/** How violations of params are worded. */
export const PARAM_WORDS: DocumentWords = { noun: 'param', unknown: 'unknown_param' };

/**
 * Checks complete params against a decision agent's schema. Pure; the params given are not changed.
 *
 * Codes: `unknown_param` (the message names the known ones), `required`, `wrong_type`, `not_finite`,
 * `out_of_range`, `unknown_value`, and those a schema's own rules carry, for example `weights_sum`.
 *
 * @param pointerPrefix JSON pointer of the params within the document, for example `/instance_params`.
 * @returns every violation at once, each with its JSON pointer.
 */
export function validateParams<T>(schema: z.ZodType<T>, params: unknown, pointerPrefix = ''): ValidatedParams<T> {
  const parsed = schema.safeParse(params);
  if (parsed.success) return { params: parsed.data, violations: [] };
  return { params: null, violations: schemaViolations(schema, params, parsed.error, PARAM_WORDS, pointerPrefix) };
}
