import type { TFunction } from 'i18next';

/**
 * The translation of a code or name of the server, or null. The typed keys of the dictionary do not include names that
 * a newer server may add.
 */
export function knownWords(t: TFunction, group: string, name: string, values: object = {}): string | null {
  const key = `${group}.${name}`;
  const lookUp = t as unknown as (key: string, options: object) => string;
  const found = lookUp(key, { ...values, defaultValue: '' });
  return found === '' ? null : found;
}

/** Why a run, a decision, an analysis or a call of an API failed; the server's own English where the code has no words. */
export function failureWords(
  t: TFunction,
  { code, message }: { readonly code: string; readonly message: string },
): string {
  return knownWords(t, 'failure', code) ?? knownWords(t, 'llmFailure', code) ?? message;
}

/**
 * The translation of a seeded text. A text that an administrator wrote or changed differs from the English dictionary
 * and is returned as it is.
 */
export function seededWords(t: TFunction, group: string, name: string, written: string): string {
  if (knownWords(t, group, name, { lng: 'en' }) !== written) return written;
  return knownWords(t, group, name) ?? written;
}
