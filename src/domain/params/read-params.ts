import type { z } from 'zod';
import type { ParamsObject } from './merge-params.js';
import { pointerTo } from './pointer.js';
import { valueAt } from './schema-violations.js';
import { validateParams, type ValidatedParams } from './validate-params.js';

/** Stored params as a decision agent understands them. */
export interface ReadParams<T> {
  /** Complete and valid, or what is wrong with them. */
  readonly checked: ValidatedParams<T>;
  /** What was checked: the stored params without {@link ignored}, over the agent's defaults. */
  readonly params: ParamsObject;
  /** What is stored, with {@link added} and all that is ignored. */
  readonly completed: ParamsObject;
  /** Pointers of params that are not stored, and that the agent's defaults have. */
  readonly added: readonly string[];
  /** Pointers of stored params that the agent does not have. */
  readonly ignored: readonly string[];
}

/** A default can bring a level of its own, of which a part is not wanted: as deep as params may be. */
const MOST_PASSES = 6;

/**
 * Reads stored params by the schema of today: decision agents get params and lose some, and what was stored before must
 * go on. A param that the schema wants and that is not stored has the agent's default; one that it does not have is
 * ignored. Values are never changed. Pure; what is stored by the schema's own rules is read as it is, at the cost of
 * one check.
 */
export function readParams<T>(schema: z.ZodType<T>, defaults: unknown, stored: unknown): ReadParams<T> {
  let params = stored;
  let completed = stored;
  const added: string[] = [];
  const ignored: string[] = [];
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const parsed = schema.safeParse(params);
    if (parsed.success) {
      return { checked: { params: parsed.data, violations: [] }, ...soFar(params, completed, added, ignored) };
    }
    const lacking = parsed.error.issues.flatMap(({ path }) => lackingAt(params, defaults, path));
    const unknown = parsed.error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [],
    );
    if (lacking.length === 0 && unknown.length === 0) break;
    if (pass === 0) [params, completed] = [structuredClone(stored), structuredClone(stored)];
    for (const { path, value } of lacking) {
      for (const target of [params, completed]) parentOf(target, path)![path.at(-1)!] = structuredClone(value);
      added.push(pointerTo('', path));
    }
    for (const path of unknown) {
      delete parentOf(params, path)![path.at(-1)!];
      // A default's own part that is not wanted here was never stored.
      if (valueAt(stored, path) === undefined) delete parentOf(completed, path)![path.at(-1)!];
      else ignored.push(pointerTo('', path));
    }
  }
  return { checked: validateParams(schema, params), ...soFar(params, completed, added, ignored) };
}

function soFar(params: unknown, completed: unknown, added: readonly string[], ignored: readonly string[]) {
  return { params: params as ParamsObject, completed: completed as ParamsObject, added, ignored };
}

function lackingAt(
  params: unknown,
  defaults: unknown,
  path: readonly PropertyKey[],
): { path: readonly PropertyKey[]; value: unknown }[] {
  if (path.length === 0 || valueAt(params, path) !== undefined || !parentOf(params, path)) return [];
  const value = valueAt(defaults, path);
  return value === undefined ? [] : [{ path, value }];
}

function parentOf(document: unknown, path: readonly PropertyKey[]): Record<PropertyKey, unknown> | null {
  const parent = valueAt(document, path.slice(0, -1));
  return typeof parent === 'object' && parent !== null ? (parent as Record<PropertyKey, unknown>) : null;
}
