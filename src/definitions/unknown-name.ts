import { UnknownNameError } from '../domain/catalogue.js';
import type { Violation, ViolationCode } from '../domain/violation.js';
/** What can be named -> the code for naming one that does not exist. */
const CODES = {
  'strategy definition': 'unknown_strategy_definition',
  'decision agent': 'unknown_decision_agent',
  'business agent': 'unknown_business_agent',
  'trade channel': 'unknown_trade_channel',
  symbol: 'unknown_symbol',
} as const satisfies Record<string, ViolationCode>;

/**
 * The violation of naming something that does not exist: code `unknown_<kind>`, and a message with what was
 * asked for (cut to 100 characters) and what there is.
 * @param where stands between the kind and the name, for example `on binance_spot`.
 */
export function unknownName(
  pointer: string,
  kind: keyof typeof CODES,
  wanted: string,
  known: readonly string[],
  where = '',
): Violation {
  const described = where === '' ? kind : `${kind} ${where}`;
  return { pointer, code: CODES[kind], message: new UnknownNameError(described, wanted, known).message };
}
