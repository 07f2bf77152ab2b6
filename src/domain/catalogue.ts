/** Thrown by {@link NamedCatalogue.get}. */
export class UnknownNameError extends Error {
  constructor(
    readonly kind: string,
    readonly wanted: string,
    readonly known: readonly string[],
  ) {
    super(`There is no ${kind} "${wanted.slice(0, 100)}". Known: ${known.join(', ') || 'none'}.`);
    this.name = 'UnknownNameError';
  }
}

/**
 * A fixed list of implementations found by name: decision agents, business agents, channels, tools. The composition
 * root fills it once from an explicit list of classes. A name from the database or a request is only compared, never
 * imported, so at worst it is unknown.
 */
export class NamedCatalogue<T extends { readonly name: string }> {
  private readonly byName: ReadonlyMap<string, T>;

  /** @throws Error when two entries have the same name. */
  constructor(
    readonly kind: string,
    entries: readonly T[],
  ) {
    const byName = new Map<string, T>();
    for (const entry of entries) {
      if (byName.has(entry.name)) throw new Error(`Two entries of the ${kind} catalogue are named "${entry.name}".`);
      byName.set(entry.name, entry);
    }
    this.byName = byName;
  }

  find(name: string): T | null {
    return this.byName.get(name) ?? null;
  }

  /** @throws UnknownNameError naming the known entries. */
  get(name: string): T {
    const entry = this.byName.get(name);
    if (!entry) throw new UnknownNameError(this.kind, name, this.names());
    return entry;
  }

  /** In the order of the list. */
  names(): string[] {
    return [...this.byName.keys()];
  }

  /** In the order of the list. */
  all(): T[] {
    return [...this.byName.values()];
  }
}
