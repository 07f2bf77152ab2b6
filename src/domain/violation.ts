/** A violation of a rule by an input. All violations of an input are reported together. */
export interface Violation {
  /** JSON pointer (RFC 6901) to the offending value, `''` for the document itself. */
  readonly pointer: string;
  readonly code: ViolationCode;
  /** One sentence that says what a valid value looks like. */
  readonly message: string;
  /** Numbers and names in the message, for clients with messages of their own. */
  readonly values?: Values;
}

/** Numbers and names by key: `{ minimum: 1, maximum: 5 }`. */
export type Values = Readonly<Record<string, string | number>>;

/** Every violation code with its meaning. The codes are part of the interface: they are shown and translated. */
export const VIOLATION_CODES = {
  required: 'The field is missing.',
  wrong_type: 'The value has the wrong type.',
  out_of_range: 'The number is outside its limits.',
  wrong_length: 'The text or the list is too short or too long.',
  unknown_value: 'The value is not one of the possible values.',
  bad_format: 'The value does not have the right format.',
  not_finite: 'The value is not a finite number.',
  unknown_field: 'There is no such field or parameter.',
  unknown_param: 'There is no such param.',
  unknown_sort: 'The list cannot be sorted by this field.',
  forbidden_key: 'The field name is not allowed.',
  invalid_text: 'The text contains characters that cannot be stored.',
  too_deep: 'The value is nested too deeply.',
  too_large: 'The value is too large.',
  bad_cursor: 'The cursor belongs to another list.',
  contradiction: 'The value contradicts another one.',
  common_password: 'The password is too common.',
  same_password: 'The new password is the current one.',
  wrong_password: 'The current password is wrong.',
  email_taken: 'The e-mail address is already registered.',
  invalid_base_url: 'The address is not allowed.',
  unknown_strategy_definition: 'There is no such definition.',
  inactive_strategy_definition: 'The definition is switched off.',
  unknown_decision_agent: 'There is no such decision agent.',
  wrong_module: 'The decision agent belongs to another module.',
  unknown_business_agent: 'There is no such business agent.',
  inactive_agent: 'The business agent is switched off.',
  duplicate_agent: 'The business agent is listed twice.',
  unsupported_agents: 'The decision agent cannot work with these business agents.',
  unknown_trade_channel: 'There is no such trade channel.',
  unknown_symbol: 'The channel does not trade this asset.',
  no_prices: 'The market data in use has no prices for this asset.',
  unsupported_trading_mode: 'The channel does not support this mode.',
  live_trading_disabled: 'Live trading is not available yet.',
  threshold_order: 'The thresholds are in the wrong order.',
  multiplier_order: 'The first multiplier is above the maximum.',
  weights_sum: 'The weights do not add up to 1.',
  leverage_order: 'The leverage is above the maximum leverage.',
  distance_order: 'The minimum distance is not below the maximum.',
} as const;

export type ViolationCode = keyof typeof VIOLATION_CODES;

export function isViolationCode(text: unknown): text is ViolationCode {
  return typeof text === 'string' && Object.hasOwn(VIOLATION_CODES, text);
}

/** The codes that all rules share, in DTOs, schemas and hand-written checks. */
export type RuleCode = 'wrong_type' | 'out_of_range' | 'wrong_length' | 'unknown_value' | 'bad_format';

/**
 * A violation in the sentence that all rules share: `"limit" must be at least 1.`
 *
 * @param must completes the sentence, for example `be at least 1`.
 */
export function violationOf(pointer: string, code: RuleCode, must: string, values?: Values): Violation {
  return { pointer, code, message: `${subjectOf(pointer)} must ${must}.`, ...(values ? { values } : {}) };
}

export function missing(pointer: string): Violation {
  return { pointer, code: 'required', message: `${subjectOf(pointer)} is required.` };
}

/** `at least 1`, `at most 5`, `from 1 to 5`, `exactly 5`; an undefined limit is left out. */
export function between(lowest: unknown, highest: unknown): string {
  if (lowest === undefined) return `at most ${String(highest)}`;
  if (lowest === highest) return `exactly ${String(lowest)}`;
  return highest === undefined ? `at least ${String(lowest)}` : `from ${String(lowest)} to ${String(highest)}`;
}

/** The field's name as the caller writes it; a list entry with the name of its list. */
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
