import { getMetadataStorage, type ValidationError } from 'class-validator';
import { FIELD_WORDS, unknownName, type DocumentWords } from '../../../domain/params/validate-params.js';
import {
  type Values,
  type Violation,
  type ViolationCode,
  between,
  missing,
  violationOf,
} from '../../../domain/violation.js';
import { escapePointer } from './unsafe-content.js';

interface RuleMeaning {
  readonly code: ViolationCode;
  must(limitsOf: LimitsOf): string;
  /** The limits in the sentence; left out: none. */
  readonly values?: (limitsOf: LimitsOf) => Values;
}

/** The arguments of a rule of the same field; empty where it has none of that name. */
type LimitsOf = (rule: string) => readonly unknown[];

const RULES: Readonly<Record<string, RuleMeaning>> = {
  isString: { code: 'wrong_type', must: () => 'be text' },
  isInt: { code: 'wrong_type', must: () => 'be a whole number' },
  isNumber: { code: 'wrong_type', must: () => 'be a number' },
  isBoolean: { code: 'wrong_type', must: () => 'be true or false' },
  isArray: { code: 'wrong_type', must: () => 'be a list' },
  isObject: { code: 'wrong_type', must: () => 'be a JSON object' },
  min: { code: 'out_of_range', must: range, values: rangeValues },
  max: { code: 'out_of_range', must: range, values: rangeValues },
  isLength: { code: 'wrong_length', must: length, values: lengthValues },
  minLength: { code: 'wrong_length', must: length, values: lengthValues },
  maxLength: { code: 'wrong_length', must: length, values: lengthValues },
  arrayMinSize: { code: 'wrong_length', must: entries, values: entriesValues },
  arrayMaxSize: { code: 'wrong_length', must: entries, values: entriesValues },
  isIn: {
    code: 'unknown_value',
    must: (limitsOf) => `be one of ${choicesOf(limitsOf)}`,
    values: (limitsOf) => ({ known: choicesOf(limitsOf) }),
  },
  isEmail: { code: 'bad_format', must: () => 'be an e-mail address such as ada@example.com' },
  isUuid: { code: 'bad_format', must: () => 'be a UUID' },
  isDate: { code: 'bad_format', must: () => 'be a time' },
  matches: { code: 'bad_format', must: () => 'have another form' },
  isOneLine: {
    code: 'bad_format',
    must: () => 'be one line with at least one visible character, and no invisible ones',
  },
  isLengthInCharacters: { code: 'wrong_length', must: length, values: lengthValues },
  isNotCommonPassword: { code: 'common_password', must: () => 'not be among the passwords that attackers try first' },
};

/** Names of all rules that a DTO may use; a test compares. */
export const KNOWN_RULES: ReadonlySet<string> = new Set(Object.keys(RULES));

/**
 * Flattens class-validator's tree of errors: `required` for a missing field, `unknown_field` for an unknown one, else
 * one violation per broken rule; a wrong type hides the others.
 *
 * A rule's own `message` completes the sentence `"field" must ...`.
 */
export function ruleViolations(errors: readonly ValidationError[], words = FIELD_WORDS, parent = ''): Violation[] {
  return errors.flatMap((error) => {
    const pointer = `${parent}/${escapePointer(error.property)}`;
    return [...violationsAt(pointer, error, words), ...ruleViolations(error.children ?? [], words, pointer)];
  });
}

function violationsAt(pointer: string, error: ValidationError, words: DocumentWords): Violation[] {
  const broken = Object.entries(error.constraints ?? {});
  if (broken.length === 0) return [];
  const rules = rulesOf(error.target);
  if (broken.some(([rule]) => rule === 'whitelistValidation')) {
    const known = [...new Set(rules.map(({ propertyName }) => propertyName))].sort();
    return [unknownName(pointer, error.property, known, words)];
  }
  if (error.value === undefined) return [missing(pointer)];
  const ofField = rules.filter(({ propertyName }) => propertyName === error.property);
  const found = broken.map(([rule, message]) => violationOfRule(pointer, rule, message, ofField));
  const wrongType = found.find(({ code }) => code === 'wrong_type');
  return wrongType ? [wrongType] : found;
}

type Rule = ReturnType<typeof rulesOf>[number];

function violationOfRule(pointer: string, name: string, message: string, ofField: readonly Rule[]): Violation {
  const meaning = RULES[name];
  const rule = ofField.find((one) => one.name === name);
  const limitsOf: LimitsOf = (other) => (ofField.find((one) => one.name === other)?.constraints ?? []) as unknown[];
  const must = !meaning || rule?.message !== undefined ? message : meaning.must(limitsOf);
  const violation = violationOf(
    pointer,
    'bad_format',
    rule?.each === true ? `hold entries that each must ${must}` : must,
  );
  const values = rule?.each === true ? undefined : meaning?.values?.(limitsOf);
  return { ...violation, code: meaning?.code ?? 'bad_format', ...(values ? { values } : {}) };
}

function rulesOf(target: object | undefined) {
  if (!target) return [];
  return getMetadataStorage().getTargetValidationMetadatas(target.constructor, '', true, false, undefined);
}

function choicesOf(limitsOf: LimitsOf): string {
  return (limitsOf('isIn')[0] as unknown[]).join(', ');
}

function range(limitsOf: LimitsOf): string {
  return `be ${between(limitsOf('min')[0], limitsOf('max')[0])}`;
}

function rangeValues(limitsOf: LimitsOf): Values {
  return known({ minimum: limitsOf('min')[0], maximum: limitsOf('max')[0] });
}

function entries(limitsOf: LimitsOf): string {
  return `have ${between(limitsOf('arrayMinSize')[0], limitsOf('arrayMaxSize')[0])} entries`;
}

function entriesValues(limitsOf: LimitsOf): Values {
  return known({ min_entries: limitsOf('arrayMinSize')[0], max_entries: limitsOf('arrayMaxSize')[0] });
}

function length(limitsOf: LimitsOf): string {
  const { min_characters: shortest, max_characters: longest } = lengthValues(limitsOf);
  return `have ${between(shortest, longest)} characters`;
}

function lengthValues(limitsOf: LimitsOf): Values {
  const [shortest = limitsOf('minLength')[0], longest = limitsOf('maxLength')[0]] = [
    ...limitsOf('isLength'),
    ...limitsOf('isLengthInCharacters'),
  ];
  return known({ min_characters: shortest, max_characters: longest });
}

function known(limits: Readonly<Record<string, unknown>>): Values {
  return Object.fromEntries(Object.entries(limits).filter(([, limit]) => limit !== undefined)) as Values;
}
