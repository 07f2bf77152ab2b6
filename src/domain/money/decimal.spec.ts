import { describe, expect, it } from '@jest/globals';
import { assert, bigInt, integer, pre, property } from 'fast-check';
import { Money, plainText } from './decimal.js';

describe('plain text of a numeric', () => {
  it.each([
    ['100.000000000000000000', '100'],
    ['0.000000000000000000', '0'],
    ['0.000010000000000000', '0.00001'],
    ['-1.500000000000000000', '-1.5'],
    ['1000', '1000'],
    ['10.0', '10'],
  ])('%s is %s', (numeric, text) => {
    expect(plainText(numeric)).toBe(text);
  });

  it('equals the result of decimal arithmetic', () => {
    const digits = bigInt({ min: -(10n ** 38n), max: 10n ** 38n });
    assert(
      property(digits, integer({ min: 0, max: 18 }), (whole, places) => {
        const numeric = new Money(whole.toString()).div(new Money(10).pow(places)).toFixed(18);
        // PostgreSQL knows no negative zero.
        pre(!numeric.startsWith('-0.') || !new Money(numeric).isZero());
        expect(plainText(numeric)).toBe(new Money(numeric).toFixed());
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});
