import { describe, expect, it } from '@jest/globals';
import { lowestUuidv7, timeOfUuidv7, uuidsOfSameTime, uuidv7, uuidv7Beside } from './uuid.js';

describe('uuidv7', () => {
  it('has the version, the variant and the time of RFC 9562', () => {
    const at = Date.UTC(2030, 0, 1);
    const id = uuidv7(at);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(at);
  });

  it('gives ascending ids, also within a millisecond and after the clock stepped back', () => {
    const at = Date.UTC(2031, 0, 1);
    const ids = Array.from({ length: 20_000 }, (_, index) => uuidv7(at - (index % 7)));
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(ids);
  });

  it('lies between the lowest id of its millisecond and that of the next', () => {
    // Later than the times of the other tests: the time of ids never goes back.
    const at = Date.parse('2150-01-01T00:00:00Z');
    const id = uuidv7(at);
    expect(id >= lowestUuidv7(at)).toBe(true);
    expect(id < lowestUuidv7(at + 1)).toBe(true);
    expect(lowestUuidv7(0)).toBe('00000000-0000-7000-8000-000000000000');
  });
});

describe('a UUID beside another', () => {
  it('carries the same time, lies between its bounds, and differs each time', () => {
    const id = uuidv7(Date.parse('2151-01-01T00:00:00Z'));
    const { lowest, highest } = uuidsOfSameTime(id);
    const beside = Array.from({ length: 2000 }, () => uuidv7Beside(id));
    for (const other of [id, ...beside]) {
      expect(other).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(timeOfUuidv7(other)).toBe(timeOfUuidv7(id));
      expect(other >= lowest && other <= highest).toBe(true);
    }
    expect(new Set(beside).size).toBe(2000);
    expect(timeOfUuidv7(id)).toBe(Date.parse('2151-01-01T00:00:00Z'));
  });
});
