import type { Violation } from './violation.js';

/** The codes that all rules share, whoever checks them: the DTOs, the schemas or code of our own. */
export type RuleCode = 'wrong_type' | 'out_of_range' | 'wrong_length' | 'unknown_value' | 'bad_format';

/**
 * The violation of a rule, in the one sentence that all of them have: `"limit" must be at least 1.`
 * @param must completes the sentence, for example `be at least 1`.
 */
export function violationOf(pointer: string, code: RuleCode, must: string): Violation {
  return { pointer, code, message: `${subjectOf(pointer)} must ${must}.` };
}

/** The violation of leaving something out. */
export function missing(pointer: string): Violation {
  return { pointer, code: 'required', message: `Send ${subjectOf(pointer)}: it is required.` };
}

/** `at least 1`, `at most 5`, `from 1 to 5`, `exactly 5`; a limit that is not given is left out. */
export function between(lowest: unknown, highest: unknown): string {
  if (lowest === undefined) return `at most ${String(highest)}`;
  if (lowest === highest) return `exactly ${String(lowest)}`;
  return highest === undefined ? `at least ${String(lowest)}` : `from ${String(lowest)} to ${String(highest)}`;
}

/** The name of the field as the caller writes it; an entry of a list with the name of the list. */
function subjectOf(pointer: string): string {
  const tokens = pointer.split('/').slice(1);
  const last = tokens.at(-1);
  if (last === undefined) return 'The document';
  const name = /^\d+$/.test(last) ? tokens.slice(-2).join('/') : last;
  return `"${name.slice(0, 100).replaceAll('~1', '/').replaceAll('~0', '~')}"`;
}
