import { randomFillSync } from 'node:crypto';

const POOL_SIZE = 4096;
const pool = Buffer.allocUnsafe(POOL_SIZE);
let used = POOL_SIZE;
let lastMs = 0;
let counter = 0;

/** The smallest version 7 UUID of a time: ids made from then on are not below it. @param at ms since the epoch. */
export function lowestUuidv7(at: number): string {
  const time = at.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
}

/**
 * A UUID version 7 (RFC 9562): ordered by time, so that new rows go to the end of an index and an id is a
 * cursor. Ids made by one process in one millisecond keep their order (12-bit counter, then the next millisecond).
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
  if (used + 8 > POOL_SIZE) {
    randomFillSync(pool);
    used = 0;
  }
  const time = lastMs.toString(16).padStart(12, '0');
  const variant = (0x80 | (pool[used]! & 0x3f)).toString(16);
  const random = pool.toString('hex', used + 1, used + 8);
  used += 8;
  const sequence = counter.toString(16).padStart(3, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${sequence}-${variant}${random.slice(0, 2)}-${random.slice(2)}`;
}
