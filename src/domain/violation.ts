/** One thing that is wrong with an input. All violations of an input are reported together. */
export interface Violation {
  /** JSON pointer (RFC 6901) to the offending value, `''` for the document itself. */
  readonly pointer: string;
  readonly code: ViolationCode;
  /** One sentence that says what would be right. */
  readonly message: string;
}

/**
 * Every code that a violation can carry, with what it means. The codes are part of the interface: they are shown and
 * translated.
 */
export const VIOLATION_CODES = {
  required: 'It was left out.',
  wrong_type: 'It is not of the type that is wanted.',
  out_of_range: 'The number is outside of its limits.',
  wrong_length: 'The text or the list is too short or too long.',
  unknown_value: 'It is none of the values that there are.',
  bad_format: 'It has not the form that is wanted.',
  not_finite: 'It is no finite number.',
  unknown_field: 'There is no such field or parameter.',
  unknown_param: 'There is no such param.',
  unknown_sort: 'The list cannot be sorted by it.',
  forbidden_key: 'The name is not allowed.',
  invalid_text: 'The text holds what cannot be stored.',
  too_deep: 'It is nested too deeply.',
  too_large: 'It is too large.',
  bad_cursor: 'The cursor is of another list.',
  contradiction: 'It contradicts another one.',
  common_password: 'Attackers try this password first.',
  wrong_password: 'It is not the present password.',
  email_taken: 'Somebody has this address.',
  invalid_base_url: 'The address is not allowed.',
  unknown_strategy_definition: 'There is no such definition.',
  inactive_strategy_definition: 'The definition is switched off.',
  unknown_decision_agent: 'There is no such decision agent.',
  wrong_module: 'The decision agent is in another module.',
  unknown_business_agent: 'There is no such business agent.',
  inactive_agent: 'The business agent is switched off.',
  duplicate_agent: 'The business agent is named twice.',
  unsupported_agents: 'The decision agent cannot work with these business agents.',
  unknown_trade_channel: 'There is no such trade channel.',
  unknown_symbol: 'The channel does not trade it.',
  no_prices: 'The market that this program uses has no prices of it.',
  unsupported_trading_mode: 'The channel has not this mode.',
  live_trading_disabled: 'Live trading is not available.',
  threshold_order: 'The thresholds are in the wrong order.',
  multiplier_order: 'The smaller multiplier is above the larger one.',
  weights_sum: 'The weights do not add up to 1.',
  leverage_order: 'The leverage to begin with is above the highest.',
  distance_order: 'The smallest distance is not below the largest.',
} as const;

export type ViolationCode = keyof typeof VIOLATION_CODES;

/** Whether a text is a code that is documented here. */
export function isViolationCode(text: unknown): text is ViolationCode {
  return typeof text === 'string' && Object.hasOwn(VIOLATION_CODES, text);
}

/** The codes that all rules share, in DTOs, schemas and hand-written checks. */
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

/** A JSON pointer (RFC 6901) below a prefix: `~` becomes `~0`, `/` becomes `~1`. */
export function pointerTo(prefix: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>((pointer, key) => {
    const token = String(key).replaceAll('~', '~0').replaceAll('/', '~1');
    return `${pointer}/${token}`;
  }, prefix);
}
