/** Keeps the results of a pure function that were used last; the oldest make room for new ones. */
export class BoundedCache<Key, Value> {
  private readonly entries = new Map<Key, Value>();

  constructor(private readonly capacity: number) {}

  getOrCompute(key: Key, compute: () => Value): Value {
    const known = this.entries.get(key);
    const value = known ?? compute();
    // A Map remembers the order of insertion: what was used last goes to the end.
    this.entries.delete(key);
    this.entries.set(key, value);
    if (this.entries.size > this.capacity) this.entries.delete(this.entries.keys().next().value!);
    return value;
  }

  get size(): number {
    return this.entries.size;
  }
}
