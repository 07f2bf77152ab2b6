import type { Violation } from '../../../domain/violation.js';

/** Deepest nesting of a body; our own documents need less than half of it. */
export const MAX_BODY_DEPTH = 16;
/**
 * Names that every object inherits: the prototype chain, toString and the like. class-validator finds them in a plain
 * object and takes them for known.
 */
const FORBIDDEN_KEYS = new Set([...Object.getOwnPropertyNames(Object.prototype), 'prototype']);
const MOST_VIOLATIONS = 50;

/**
 * Finds content that no field allows and that libraries mishandle: nesting deeper than {@link MAX_BODY_DEPTH}
 * (recursion), keys of the prototype chain (dropped or passed silently by the libraries that check a DTO), NUL and lone
 * surrogates (PostgreSQL stores neither), numbers beyond a double such as 1e309. Uses no recursion, so that no depth
 * overflows the stack. Stops once it has 50 findings.
 */
export function findUnsafeContent(document: unknown): Violation[] {
  const found: Violation[] = [];
  const open: { value: unknown; pointer: string; depth: number }[] = [{ value: document, pointer: '', depth: 0 }];
  for (let next = open.pop(); next && found.length < MOST_VIOLATIONS; next = open.pop()) {
    const { value, pointer, depth } = next;
    if (typeof value === 'string' && !isStorableText(value)) {
      found.push({ pointer, code: 'invalid_text', message: 'Text must not contain NUL or half of a surrogate pair.' });
    }
    if (typeof value === 'number' && !Number.isFinite(value)) {
      found.push({ pointer, code: 'out_of_range', message: 'The number is too large.' });
    }
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= MAX_BODY_DEPTH) {
      found.push({
        pointer,
        code: 'too_deep',
        message: `The body may be nested at most ${MAX_BODY_DEPTH} levels deep.`,
      });
      continue;
    }
    for (const [key, child] of Object.entries(value)) {
      const at = `${pointer}/${escapePointer(key)}`;
      if (FORBIDDEN_KEYS.has(key) || !isStorableText(key)) {
        found.push({ pointer: at, code: 'forbidden_key', message: 'This field name is not allowed.' });
      } else {
        open.push({ value: child, pointer: at, depth: depth + 1 });
      }
    }
  }
  return found;
}

/**
 * One step of a JSON pointer (RFC 6901), cut at 100 characters. Lone surrogates and NUL are replaced, because the
 * pointer is part of an answer.
 */
export function escapePointer(key: string): string {
  return key
    .slice(0, 100)
    .replaceAll(/[\p{Surrogate}\0]/gu, '\u{fffd}')
    .replaceAll('~', '~0')
    .replaceAll('/', '~1');
}

function isStorableText(text: string): boolean {
  // With the u flag a surrogate matches only when its other half is missing.
  return !/[\p{Surrogate}\0]/u.test(text);
}
