import { z } from 'zod';
import type { Violation } from '../violation.js';
import { pointerTo } from './pointer.js';

/** How the parts of a document are called in its violations. */
export interface DocumentWords {
  readonly noun: string;
  /** Code of a name that the schema does not have. */
  readonly unknown: string;
  /** Code of a part that is not there. */
  readonly missing: string;
}

/**
 * What a schema has against a document, in the order of the schema.
 *
 * Codes: those of the words, `wrong_type`, `not_finite`, `out_of_range`, `invalid_value`, and those that a
 * schema's own rules carry as `params: { code }`.
 *
 * @param pointerPrefix JSON pointer of the document within a larger one.
 */
export function schemaViolations(
  schema: z.ZodType,
  document: unknown,
  error: z.ZodError,
  words: DocumentWords,
  pointerPrefix = '',
): Violation[] {
  return error.issues.flatMap((issue) => {
    const pointer = pointerTo(pointerPrefix, issue.path);
    if (issue.code === 'unrecognized_keys') {
      const known = namesAt(schema, issue.path);
      return issue.keys.map((key) => unknownName(pointerTo(pointer, [key]), key, known, words));
    }
    const given = valueAt(document, issue.path);
    if (given === undefined) return [{ pointer, code: words.missing, message: `This ${words.noun} is missing.` }];
    const message = issue.message.endsWith('.') ? issue.message : `${issue.message}.`;
    return [{ pointer, code: codeOf(issue, given), message }];
  });
}

/** The violation of a name that does not exist; the message names those that do. */
export function unknownName(
  pointer: string,
  name: string,
  known: readonly string[],
  words: Pick<DocumentWords, 'noun' | 'unknown'>,
): Violation {
  const message = `There is no ${words.noun} "${name.slice(0, 100)}" here. Known: ${known.join(', ') || 'none'}.`;
  return { pointer, code: words.unknown, message };
}

function codeOf(issue: z.core.$ZodIssue, given: unknown): string {
  if (typeof given === 'number' && !Number.isFinite(given)) return 'not_finite';
  switch (issue.code) {
    case 'invalid_type':
      return 'wrong_type';
    case 'too_small':
    case 'too_big':
      return 'out_of_range';
    case 'custom':
      return typeof issue.params?.['code'] === 'string' ? issue.params['code'] : 'invalid_value';
    default:
      return 'invalid_value';
  }
}

/** The names that an object schema knows at a path; empty where the schema says nothing about names. */
function namesAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let at: unknown = schema;
  for (const key of path) at = at instanceof z.ZodObject ? at.shape[String(key)] : undefined;
  return at instanceof z.ZodObject ? Object.keys(at.shape) : [];
}

function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  let at = document;
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Readonly<Record<PropertyKey, unknown>>)[key];
  }
  return at;
}
