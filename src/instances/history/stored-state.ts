/** What every state before a decision has, in the order in which its values are stored. */
const FIELDS = [
  'consecutive_bullish_count',
  'consecutive_bearish_count',
  'cash',
  'quantity',
  'total_value',
  'cost_basis',
] as const;
const FIELD_NAMES: ReadonlySet<string> = new Set(FIELDS);

type State = Readonly<Record<string, unknown>>;

/** A state as {@link encodeState} makes it, or as it is. */
export type StoredState = readonly unknown[] | State;

/**
 * The state before a decision in the form in which an execution stores it: the values of the fields that all have, null
 * for one that is absent, and behind them an object with whatever else there is. {@link decodeState} brings it back.
 */
export function encodeState(state: object): unknown[] {
  const fields = state as State;
  const short: unknown[] = [
    fields['consecutive_bullish_count'],
    fields['consecutive_bearish_count'],
    fields['cash'],
    fields['quantity'],
    fields['total_value'],
    fields['cost_basis'],
  ];
  let others: Record<string, unknown> | null = null;
  for (const name in fields) {
    if (FIELD_NAMES.has(name) || fields[name] === undefined) continue;
    others ??= {};
    others[name] = fields[name];
  }
  if (others) short.push(others);
  return short;
}

/** The state of which {@link encodeState} made this, and one that was stored in full. */
export function decodeState(stored: StoredState): State {
  if (!Array.isArray(stored)) return stored as State;
  const given = FIELDS.map((name, index) => [name, stored[index]] as const).filter(([, value]) => value !== null);
  return { ...Object.fromEntries(given), ...(stored[FIELDS.length] as State | undefined) };
}
