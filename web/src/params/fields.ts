/** A field of the form, read from the JSON Schema of the params. */
export type Params = Readonly<Record<string, unknown>>;

export interface NumberField {
  readonly kind: 'number';
  readonly path: readonly string[];
  readonly description: string;
  readonly whole: boolean;
  readonly min: number;
  readonly max: number;
  /** `min` itself is excluded. */
  readonly aboveMin: boolean;
  /** Step of the slider. */
  readonly step: number;
}

export interface SwitchField {
  readonly kind: 'switch';
  readonly path: readonly string[];
  readonly description: string;
}

export type Field = NumberField | SwitchField;

interface Node {
  readonly type?: unknown;
  readonly description?: unknown;
  readonly properties?: unknown;
  readonly minimum?: unknown;
  readonly maximum?: unknown;
  readonly exclusiveMinimum?: unknown;
}

/**
 * The fields of a schema in its order, with those of nested objects in place.
 * @param params complete params: a template may name other keys within an object (its agents) than the schema does.
 */
export function fieldsOf(schema: object, params: Params, path: readonly string[] = []): Field[] {
  const properties = (schema as Node).properties;
  if (!isRecord(properties)) return [];
  return namesIn(properties, params, path).flatMap((name) => {
    // The keys of the weights are the template's agents; all have the limits of any of them.
    const node = (properties[name] ?? Object.values(properties)[0]) as Node;
    const place = [...path, name];
    const description = typeof node.description === 'string' ? node.description : '';
    if (node.type === 'object') {
      const inner = params[name];
      return fieldsOf(node, isRecord(inner) ? inner : {}, place);
    }
    if (node.type === 'boolean') return [{ kind: 'switch' as const, path: place, description }];
    if (node.type === 'number' || node.type === 'integer') return [numberField(node, place, description)];
    return [];
  });
}

function namesIn(properties: Params, params: Params, path: readonly string[]): string[] {
  if (path.length === 0) return Object.keys(properties);
  // JSON from the database has no fixed order of keys.
  const [known, others] = [Object.keys(properties), Object.keys(params)];
  return [...known.filter((name) => name in params), ...others.filter((name) => !(name in properties))];
}

function numberField(node: Node, path: readonly string[], description: string): NumberField {
  const whole = node.type === 'integer';
  const aboveMin = typeof node.exclusiveMinimum === 'number';
  const min = numberOf(aboveMin ? node.exclusiveMinimum : node.minimum, 0);
  const max = numberOf(node.maximum, 1000);
  return { kind: 'number', path, description, whole, min, max, aboveMin, step: whole ? 1 : stepFor(max - min) };
}

/** 100 to 1,000 steps over the range. */
function stepFor(range: number): number {
  if (range <= 1) return 0.005;
  if (range <= 10) return 0.1;
  return 0.5;
}

export function valueAt(params: Params, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), params);
}

/** Returns a copy of the params with one value replaced. */
export function withValue(params: Params, path: readonly string[], value: unknown): Params {
  const [name, ...rest] = path;
  if (name === undefined) return params;
  const inner = params[name];
  return { ...params, [name]: rest.length === 0 ? value : withValue(isRecord(inner) ? inner : {}, rest, value) };
}

export interface Difference {
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Paths at which two params differ, in the order of the second; nested names with dots. */
export function differencesOf(before: Params, after: Params): Difference[] {
  const [old, next] = [flat(before), flat(after)];
  return [...new Set([...next.keys(), ...old.keys()])]
    .filter((path) => old.get(path) !== next.get(path))
    .map((path) => ({ path, before: old.get(path), after: next.get(path) }));
}

/** The changed params as a PATCH body: top-level keys only, objects as a whole. */
export function changesOf(before: Params, after: Params): Params {
  const names = new Set(differencesOf(before, after).map(({ path }) => path.split('.', 1)[0] ?? path));
  return Object.fromEntries(Object.entries(after).filter(([name]) => names.has(name)));
}

function flat(params: Params, path = ''): Map<string, unknown> {
  const found = new Map<string, unknown>();
  for (const [name, value] of Object.entries(params)) {
    if (isRecord(value)) for (const [inner, one] of flat(value, `${path}${name}.`)) found.set(inner, one);
    else found.set(`${path}${name}`, Array.isArray(value) ? JSON.stringify(value) : value);
  }
  return found;
}

function isRecord(value: unknown): value is Params {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function numberOf(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}
