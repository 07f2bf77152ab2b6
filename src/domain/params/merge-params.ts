import { type Violation, violationOf, pointerTo } from '../violation.js';

export type ParamsObject = Readonly<Record<string, unknown>>;

/** Levels of nested objects and arrays; the params themselves are the first. */
const MAX_PARAMS_DEPTH = 5;

/** Size of the given params as JSON in UTF-8. */
const MAX_PARAMS_BYTES = 16 * 1024;

/** Keys that could reach an object's prototype in careless code downstream. */
const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Merges the given params into the base, key by key and into nested objects; arrays and plain values replace. Pure, and
 * idempotent: merging the same params again changes nothing. The result is not validated and still contains unknown
 * keys; `validateParams` reports those by the agent's schema.
 *
 * Codes: `forbidden_key`, `too_deep`, `too_large`, `not_finite`, `wrong_type` (not an object).
 *
 * @param given what a user sent; undefined changes nothing.
 * @param pointerPrefix JSON pointer of the params within the document, for example `/instance_params`.
 * @returns the merged params without the violating ones, and every violation.
 */
export function mergeParams(
  base: ParamsObject,
  given: unknown,
  pointerPrefix = '',
): { params: Record<string, unknown>; violations: Violation[] } {
  if (given === undefined) return { params: structuredClone(base) as Record<string, unknown>, violations: [] };
  const refused = refusalOf(given, pointerPrefix);
  if (refused) return { params: structuredClone(base) as Record<string, unknown>, violations: [refused] };
  const violations: Violation[] = [];
  const params = mergeObject(base, given as ParamsObject, pointerPrefix, violations);
  return { params, violations };
}

/** Checks of the params as a whole; after a violation here single params are not checked. */
function refusalOf(given: unknown, pointer: string): Violation | null {
  if (!isObject(given)) return violationOf(pointer, 'wrong_type', 'be a JSON object');
  if (depthOf(given) > MAX_PARAMS_DEPTH) {
    return {
      pointer,
      code: 'too_deep',
      message: `Params may be nested at most ${MAX_PARAMS_DEPTH} levels deep.`,
      values: { maximum: MAX_PARAMS_DEPTH },
    };
  }
  if (new TextEncoder().encode(JSON.stringify(given)).length > MAX_PARAMS_BYTES) {
    return {
      pointer,
      code: 'too_large',
      message: `Params may have at most ${MAX_PARAMS_BYTES} bytes of JSON.`,
      values: { maximum: MAX_PARAMS_BYTES },
    };
  }
  return null;
}

/** Stops at the limit, so neither deep nesting nor a cycle can exhaust the stack. */
function depthOf(value: unknown, level = 0): number {
  if (typeof value !== 'object' || value === null || level > MAX_PARAMS_DEPTH) return level;
  return Object.values(value).reduce<number>(
    (deepest, child) => Math.max(deepest, depthOf(child, level + 1)),
    level + 1,
  );
}

function mergeObject(
  base: ParamsObject,
  given: ParamsObject,
  pointer: string,
  violations: Violation[],
): Record<string, unknown> {
  const merged = structuredClone(base) as Record<string, unknown>;
  for (const [key, value] of Object.entries(given)) {
    const at = pointerTo(pointer, [key]);
    if (FORBIDDEN_KEYS.has(key)) {
      violations.push(forbiddenKey(at, key));
    } else if (value !== undefined) {
      const present = Object.hasOwn(merged, key) ? merged[key] : undefined;
      const replaced = mergeValue(present, value, at, violations);
      if (replaced !== undefined) merged[key] = replaced;
    }
  }
  return merged;
}

function mergeValue(base: unknown, given: unknown, pointer: string, violations: Violation[]): unknown {
  if (isObject(base) && isObject(given)) return mergeObject(base, given, pointer, violations);
  const refused = violationsInside(given, pointer);
  violations.push(...refused);
  return refused.length > 0 ? base : structuredClone(given);
}

/** A replacing value is not merged, so its nested keys and numbers are checked here. */
function violationsInside(given: unknown, pointer: string): Violation[] {
  if (typeof given === 'number' && !Number.isFinite(given)) {
    return [{ pointer, code: 'not_finite', message: 'A param must be a finite number.' }];
  }
  if (typeof given !== 'object' || given === null) return [];
  return Object.entries(given).flatMap(([key, value]) => {
    const at = pointerTo(pointer, [key]);
    return FORBIDDEN_KEYS.has(key) ? [forbiddenKey(at, key)] : violationsInside(value, at);
  });
}

function forbiddenKey(pointer: string, key: string): Violation {
  return { pointer, code: 'forbidden_key', message: `"${key}" is not allowed as the name of a param.` };
}

function isObject(value: unknown): value is ParamsObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
