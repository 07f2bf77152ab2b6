import { describe, expect, it } from '@jest/globals';
import { differencesOf } from './recompute.service.js';

describe('the differences of two documents', () => {
  it('are none when only the order of keys, the sign of zero or a null is another', () => {
    expect(differencesOf({ a: 1, b: [{ c: 2, d: -0 }] }, { b: [{ d: 0, c: 2 }], a: 1, e: null })).toEqual([]);
    expect(differencesOf({ a: undefined }, {})).toEqual([]);
  });

  it('are named by their path, with both values', () => {
    expect(differencesOf({ a: { b: [1, 2] }, c: 'x' }, { a: { b: [1, 3] }, c: 'y' })).toEqual([
      { field: 'a.b.1', stored: 2, computed: 3 },
      { field: 'c', stored: 'x', computed: 'y' },
    ]);
  });

  it('show what is missing on either side', () => {
    expect(differencesOf({ reasons: [{ code: 'a' }] }, { reasons: [] })).toEqual([
      { field: 'reasons.0', stored: { code: 'a' }, computed: null },
    ]);
    expect(differencesOf({ order: null }, { order: { side: 'BUY' } })).toEqual([
      { field: 'order', stored: null, computed: { side: 'BUY' } },
    ]);
  });

  it('see the last digit of a number, and another type', () => {
    expect(differencesOf({ a: 0.1 + 0.2 }, { a: 0.3 })).toHaveLength(1);
    expect(differencesOf({ a: '1', b: [] }, { a: 1, b: {} })).toHaveLength(2);
  });

  it('do not stumble over names of the prototype', () => {
    expect(differencesOf({}, { constructor: 1 })).toEqual([{ field: 'constructor', stored: null, computed: 1 }]);
  });
});
