import type { TFunction } from 'i18next';
import type { Violation } from '../api/problem.js';
import { knownWords } from './known-words.js';

/**
 * A violation as a sentence in the user's language, with field and limit; the server's message for a code without
 * translation.
 */
export function violationWords(t: TFunction, { pointer, code, message, values = {} }: Violation): string {
  const named = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, knownWords(t, 'param', String(value)) ?? value]),
  );
  // Selects the sentence with a place for each value.
  const context = Object.keys(values).toSorted(byLimit).join('_');
  const words = knownWords(t, 'violation', code, { ...named, context });
  if (words === null) return message;
  return t('common.sentence', { subject: subjectOf(t, pointer), words });
}

/** Sorts the lower limit before the upper one, other values by name. */
function byLimit(a: string, b: string): number {
  return rankOf(a) < rankOf(b) ? -1 : 1;
}

function rankOf(name: string): string {
  return name.replace(/^min/, '0').replace(/^max/, '1');
}

/** The label of the field; the JSON pointer if no form has the field. */
function subjectOf(t: TFunction, pointer: string): string {
  const names = pointer.split('/').filter((name) => name !== '' && !/^\d+$/.test(name));
  const [name = '', parent = ''] = names.toReversed();
  const own = knownWords(t, 'param', name) ?? knownWords(t, 'inputField', name);
  if (own !== null) return own;
  const [group, agent] = [knownWords(t, 'param', parent), knownWords(t, 'agent', name)];
  return group !== null && agent !== null ? t('common.part', { whole: group, part: agent }) : pointer;
}
