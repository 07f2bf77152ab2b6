import { z } from 'zod';
import {
  type Values,
  type Violation,
  isViolationCode,
  type ViolationCode,
  missing,
  violationOf,
  type RuleCode,
  pointerTo,
} from '../violation.js';

/** Valid params, or every violation. */
export type ValidatedParams<T> =
  | { readonly params: T; readonly violations: readonly [] }
  | { readonly params: null; readonly violations: readonly Violation[] };

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

/**
 * Makes zod run a rule across fields as soon as its fields are numbers, whatever other violations there are. By default
 * zod skips such rules after the first violation, and a caller would discover the violations one at a time.
 */
export function whenNumbers(...fields: readonly string[]): (payload: z.core.ParsePayload) => boolean {
  return ({ value }) => {
    if (typeof value !== 'object' || value === null) return false;
    const given = value as Readonly<Record<string, unknown>>;
    return fields.every((field) => typeof given[field] === 'number');
  };
}

/** The nouns for the parts of a document in its violations. */
export interface DocumentWords {
  readonly noun: string;
  /** The code for a name that the schema does not have. */
  readonly unknown: ViolationCode;
}

export const FIELD_WORDS: DocumentWords = { noun: 'field', unknown: 'unknown_field' };

export const PARAMETER_WORDS: DocumentWords = { noun: 'parameter', unknown: 'unknown_field' };

/** zod's type names -> the second half of the sentence for the user. */
const TYPES: Readonly<Record<string, string>> = {
  array: 'be a list',
  boolean: 'be true or false',
  int: 'be a whole number',
  number: 'be a number',
  object: 'be a JSON object',
  record: 'be a JSON object',
  string: 'be text',
};

/**
 * Every violation of a schema by a document, in the order of the schema.
 *
 * Codes: those of {@link RuleCode}, `required`, `not_finite`, the code in `words` for an unknown name, and the codes
 * that a schema's own rules carry as `params: { code, values }`, or as `params: { code, must, values }` without a
 * message.
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
    if (given === undefined && issue.path.length > 0) return [missing(pointer)];
    return [violationOfIssue(pointer, issue, given)];
  });
}

/** The violation of an unknown name; the message lists the known names. */
export function unknownName(pointer: string, name: string, known: readonly string[], words: DocumentWords): Violation {
  const others = known.length > 0 ? `. Known: ${known.join(', ')}.` : ', nor any other.';
  const message = `There is no ${words.noun} "${name.slice(0, 100)}" here${others}`;
  return { pointer, code: words.unknown, message, values: { name: name.slice(0, 100) } };
}

function violationOfIssue(pointer: string, issue: z.core.$ZodIssue, given: unknown): Violation {
  if (typeof given === 'number' && !Number.isFinite(given)) {
    return { ...violationOf(pointer, 'wrong_type', 'be a finite number'), code: 'not_finite' };
  }
  switch (issue.code) {
    case 'invalid_type':
      return violationOf(pointer, 'wrong_type', TYPES[issue.expected] ?? `be ${issue.expected}`);
    case 'too_small':
      return issue.inclusive === false
        ? ofLimit(pointer, issue.origin, `above ${issue.minimum}`, 'above', issue.minimum)
        : ofLimit(pointer, issue.origin, `at least ${issue.minimum}`, 'minimum', issue.minimum);
    case 'too_big':
      return issue.inclusive === false
        ? ofLimit(pointer, issue.origin, `below ${issue.maximum}`, 'below', issue.maximum)
        : ofLimit(pointer, issue.origin, `at most ${issue.maximum}`, 'maximum', issue.maximum);
    case 'invalid_value': {
      const known = issue.values.map(String).join(', ');
      return violationOf(pointer, 'unknown_value', `be one of ${known}`, { known });
    }
    case 'custom':
      return ofOwnRule(pointer, issue);
    default:
      return violationOf(pointer, 'bad_format', 'have another form');
  }
}

function ofLimit(
  pointer: string,
  origin: string,
  limit: string,
  kind: 'above' | 'below' | 'minimum' | 'maximum',
  figure: number | bigint,
): Violation {
  const value = Number(figure);
  const short = kind === 'minimum' || kind === 'above' ? 'min' : 'max';
  if (origin === 'string')
    return violationOf(pointer, 'wrong_length', `have ${limit} characters`, { [`${short}_characters`]: value });
  if (origin === 'array')
    return violationOf(pointer, 'wrong_length', `have ${limit} entries`, { [`${short}_entries`]: value });
  return violationOf(pointer, 'out_of_range', `be ${limit}`, { [kind]: value });
}

/** A schema's own rule carries its code, and either `must` or a whole sentence as its message. */
function ofOwnRule(pointer: string, issue: z.core.$ZodIssueCustom): Violation {
  const { code, must, values } = (issue.params ?? {}) as { code?: unknown; must?: unknown; values?: Values };
  if (typeof must === 'string') return violationOf(pointer, code as RuleCode, must, values);
  const message = issue.message.endsWith('.') ? issue.message : `${issue.message}.`;
  return { pointer, code: isViolationCode(code) ? code : 'bad_format', message, ...(values ? { values } : {}) };
}

/** The names that an object schema has at a path; empty where the schema there is not an object. */
function namesAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let at: unknown = unwrapped(schema);
  for (const key of path) at = unwrapped(at instanceof z.ZodObject ? at.shape[String(key)] : undefined);
  return at instanceof z.ZodObject ? Object.keys(at.shape) : [];
}

/** The schema inside optional, nullable and defaulted ones. */
function unwrapped(schema: unknown): unknown {
  let at = schema;
  while (at instanceof z.ZodOptional || at instanceof z.ZodNullable || at instanceof z.ZodDefault) at = at.unwrap();
  return at;
}

/** The value at a path of a document; undefined when there is none. */
export function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  let at = document;
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Readonly<Record<PropertyKey, unknown>>)[key];
  }
  return at;
}
