import { UnknownNameError } from '../domain/catalogue.js';
import type { Violation } from '../domain/violation.js';

/**
 * The violation of naming something that does not exist: code `unknown_<kind>`, and a message with what was
 * asked for (cut to 100 characters) and what there is.
 * @param where stands between the kind and the name, for example `on binance_spot`.
 */
export function unknownName(
  pointer: string,
  kind: string,
  wanted: string,
  known: readonly string[],
  where = '',
): Violation {
  const described = where === '' ? kind : `${kind} ${where}`;
  return {
    pointer,
    code: `unknown_${kind.replaceAll(' ', '_')}`,
    message: new UnknownNameError(described, wanted, known).message,
  };
}
