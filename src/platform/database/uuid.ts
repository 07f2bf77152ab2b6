import { randomFillSync } from 'node:crypto';

const POOL_SIZE = 4096;
const pool = Buffer.allocUnsafe(POOL_SIZE);
let used = POOL_SIZE;
let lastMs = 0;
let counter = 0;

/** The smallest version 7 UUID of a time; ids generated from then on are not smaller. @param at ms since the epoch. */
export function lowestUuidv7(at: number): string {
  const time = at.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
}

/** The time in a version 7 UUID. @returns ms since the epoch. */
export function timeOfUuidv7(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

/** Bounds, both included, of all UUIDs with the same time as this one. */
export function uuidsOfSameTime(id: string): { readonly lowest: string; readonly highest: string } {
  const time = id.slice(0, 13);
  return { lowest: `${time}-0000-0000-000000000000`, highest: `${time}-ffff-ffff-ffffffffffff` };
}

/** A version 7 UUID with the time of another. The rest is random, so ids of one time have no order. */
export function uuidv7Beside(id: string): string {
  const random = randomHex(10);
  const variant = (0x8 | (Number.parseInt(random[0]!, 16) & 0x3)).toString(16);
  return `${id.slice(0, 13)}-7${random.slice(1, 4)}-${variant}${random.slice(4, 7)}-${random.slice(7, 19)}`;
}

/**
 * A version 7 UUID (RFC 9562). It sorts by time, so that new rows go to the end of an index and an id serves as a
 * cursor. Ids of one process keep their order within a millisecond by a 12-bit counter; its overflow moves to the next
 * millisecond.
 * @param at ms since the epoch; ids for a virtual time sort by that time.
 */
export function uuidv7(at: number): string {
  if (at > lastMs) {
    lastMs = at;
    counter = 0;
  } else if (++counter > 0xfff) {
    lastMs += 1;
    counter = 0;
  }
  const time = lastMs.toString(16).padStart(12, '0');
  const random = randomHex(8);
  const variant = (0x8 | (Number.parseInt(random[0]!, 16) & 0x3)).toString(16);
  const sequence = counter.toString(16).padStart(3, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${sequence}-${variant}${random.slice(1, 4)}-${random.slice(4)}`;
}

/** Resets the latest time, so that the next id may carry an earlier one: for tests that share a process. */
export function restartUuids(): void {
  lastMs = 0;
  counter = 0;
}

function randomHex(bytes: number): string {
  if (used + bytes > POOL_SIZE) {
    randomFillSync(pool);
    used = 0;
  }
  used += bytes;
  return pool.toString('hex', used - bytes, used);
}
