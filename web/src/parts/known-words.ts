import type { TFunction } from 'i18next';

/**
 * Words for a name that the server may add to (a reason, a param, a problem): its translation where there is one. The
 * dictionary's typed keys cannot know such a name.
 */
export function knownWords(t: TFunction, group: string, name: string, values: object = {}): string | null {
  const key = `${group}.${name}`;
  const lookUp = t as unknown as (key: string, options: object) => string;
  const found = lookUp(key, { ...values, defaultValue: '' });
  return found === '' ? null : found;
}

/**
 * What came with the program, in the reader's language. What an administrator wrote, or has changed, stays as it is: it
 * is not what the dictionary has in English.
 */
export function seededWords(t: TFunction, group: string, name: string, written: string): string {
  if (knownWords(t, group, name, { lng: 'en' }) !== written) return written;
  return knownWords(t, group, name) ?? written;
}
