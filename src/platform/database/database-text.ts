/** U+FFFD stands where a character stood that PostgreSQL cannot hold. */
const REPLACEMENT = '\uFFFD';
const UNSTORABLE = /[\0\ud800-\udfff]/;
const UNSTORABLE_JSON = /\\u0000|\\ud[89a-f][0-9a-f]{2}/i;

/** The text without NUL and lone surrogates, which PostgreSQL refuses: one such text must not undo a thousand rows. */
export function sanitizeText(text: string): string {
  // Nearly always nothing is to be done, and a look costs less than a copy.
  return UNSTORABLE.test(text) ? text.toWellFormed().replaceAll('\0', REPLACEMENT) : text;
}

/** The value as JSON that a jsonb column takes; see {@link sanitizeText}. */
export function sanitizeJson(value: unknown): string {
  const json = JSON.stringify(value);
  if (!UNSTORABLE_JSON.test(json)) return json;
  return JSON.stringify(value, (_key, item: unknown) => (typeof item === 'string' ? sanitizeText(item) : item));
}

/**
 * The pattern of LIKE for a column in lower case that holds `part` somewhere, however it is written: its %, _ and \\ stand
 * for themselves.
 */
export function likePattern(part: string): string {
  return `%${part.toLowerCase().replaceAll(/[\\%_]/g, (character) => `\\${character}`)}%`;
}
