/**
 * A sequence in which each element follows from the one before. Elements are computed when first asked
 * for, in order, and kept, so that the answer never depends on what was asked for earlier.
 */
export class Sequence<T> {
  private readonly elements: T[];

  constructor(
    first: T,
    private readonly next: (previous: T, index: number) => T,
  ) {
    this.elements = [first];
  }

  /** The element of that index; an index below 0 gives the first. */
  at(index: number): T {
    const wanted = Math.max(0, index);
    while (this.elements.length <= wanted) {
      this.elements.push(this.next(this.elements.at(-1)!, this.elements.length));
    }
    return this.elements[wanted]!;
  }
}
