/**
 * A place in the order of events: by the transaction that recorded them, and within one by their id. Transactions end
 * in another order than they begin, so that only what lies before all running ones is told (see `EventStore`). Whoever
 * has been told everything up to a place misses nothing and hears nothing twice from there on.
 */
export interface Position {
  readonly xid: bigint;
  readonly id: bigint;
}

const TEXT = /^(\d{1,19})-(\d{1,19})$/;
const LARGEST = 2n ** 63n - 1n;

/** What stands in `id:` and comes back as `Last-Event-ID`; null for what we never wrote. */
export function readPosition(text: string): Position | null {
  const [, xid, id] = TEXT.exec(text) ?? [];
  if (xid === undefined || id === undefined) return null;
  const position = { xid: BigInt(xid), id: BigInt(id) };
  return position.xid > LARGEST || position.id > LARGEST ? null : position;
}

export function positionText({ xid, id }: Position): string {
  return `${xid}-${id}`;
}

/** Whether `a` comes before `b`. */
export function isBefore(a: Position, b: Position): boolean {
  return a.xid < b.xid || (a.xid === b.xid && a.id < b.id);
}
