/** A field that was computed otherwise than it is stored. */
export interface Difference {
  /** Path with dots: `reasons.2.conviction`, `order.quantity`. */
  readonly field: string;
  /** Null where the field is missing. */
  readonly stored: unknown;
  readonly computed: unknown;
}

/**
 * All fields in which two JSON documents differ, in the order of the stored one. Keys may stand in any order, as
 * PostgreSQL's jsonb does not keep theirs; -0 is 0, as in JSON; a key that is missing is one that is null.
 */
export function differencesOf(stored: unknown, computed: unknown): Difference[] {
  return compare('', plain(stored), plain(computed));
}

function compare(field: string, stored: unknown, computed: unknown): Difference[] {
  if (isContainer(stored) && isContainer(computed) && Array.isArray(stored) === Array.isArray(computed)) {
    const keys = new Set([...Object.keys(stored), ...Object.keys(computed)]);
    return [...keys].flatMap((key) =>
      compare(field === '' ? key : `${field}.${key}`, own(stored, key), own(computed, key)),
    );
  }
  return stored === computed ? [] : [{ field, stored, computed }];
}

function plain(value: unknown): unknown {
  return value === undefined ? null : (JSON.parse(JSON.stringify(value)) as unknown);
}

function isContainer(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function own(container: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(container, key) ? container[key] : null;
}
