/** U+FFFD replaces a character that PostgreSQL cannot store. */
const REPLACEMENT = '\uFFFD';
const UNSTORABLE = /[\0\ud800-\udfff]/;
const UNSTORABLE_JSON = /\\u0000|\\ud[89a-f][0-9a-f]{2}/i;

/** Replaces NUL and lone surrogates, which PostgreSQL refuses: one such text would fail a batch of a thousand rows. */
export function sanitizeText(text: string): string {
  // Most texts need no change, and a test is cheaper than a copy.
  return UNSTORABLE.test(text) ? text.toWellFormed().replaceAll('\0', REPLACEMENT) : text;
}

/** JSON for a jsonb column; see {@link sanitizeText}. */
export function sanitizeJson(value: unknown): string {
  const json = JSON.stringify(value);
  if (!UNSTORABLE_JSON.test(json)) return json;
  return JSON.stringify(value, (_key, item: unknown) => (typeof item === 'string' ? sanitizeText(item) : item));
}

/** LIKE pattern that finds `part` anywhere in a lower-case column, ignoring case. %, _ and \\ stand for themselves. */
export function likePattern(part: string): string {
  return `%${part.toLowerCase().replaceAll(/[\\%_]/g, (character) => `\\${character}`)}%`;
}
