import type { z } from 'zod';
import { pointerTo } from '../violation.js';
import type { ParamsObject } from './merge-params.js';
import { validateParams, type ValidatedParams, valueAt } from './validate-params.js';

/** Stored params, read by the current schema of their decision agent. */
export interface ReadParams<T> {
  /** The complete and valid params, or every violation. */
  readonly checked: ValidatedParams<T>;
  /** The checked params: the stored ones without {@link ignored}, with {@link added}. */
  readonly params: ParamsObject;
  /** The stored params with {@link added}; {@link ignored} is still in them. */
  readonly completed: ParamsObject;
  /** Pointers of params that were missing and come from the agent's defaults. */
  readonly added: readonly string[];
  /** Pointers of stored params that the schema does not have. */
  readonly ignored: readonly string[];
}

/** A default can bring a nested level with missing or unknown params of its own, and params nest at most this deep. */
const MOST_PASSES = 6;

/**
 * Reads stored params by the current schema. Decision agents gain and lose params, and strategies stored before such a
 * change must continue to run. A missing param takes the agent's default; a param unknown to the schema is ignored.
 * Stored values never change. Pure; params that already fit the schema cost a single check.
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
      // Unknown parts of a default were never stored, so they are not reported as ignored.
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
