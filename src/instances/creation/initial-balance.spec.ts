import { describe, expect, it } from '@jest/globals';
import { checkInitialBalance } from './initial-balance.js';

describe('an initial balance', () => {
  it.each([
    [10000, '10000'],
    ['10000', '10000'],
    ['10000.50', '10000.5'],
    [0.1, '0.1'],
    [1e-8, '0.00000001'],
    ['0.00000001', '0.00000001'],
    [1e12, '1000000000000'],
    ['1000000000000.00', '1000000000000'],
  ])('is read from %p as %s', (given, amount) => {
    expect(checkInitialBalance(given)).toEqual({ amount, violation: null });
  });

  it.each([
    [0, 'out_of_range'],
    ['0', 'out_of_range'],
    [-0, 'out_of_range'],
    [-1, 'out_of_range'],
    ['-0.5', 'out_of_range'],
    [1e30, 'out_of_range'],
    ['1000000000000.00000001', 'out_of_range'],
    [0.000000001, 'too_many_decimals'],
    ['1.123456789', 'too_many_decimals'],
    [0.1 + 0.2, 'too_many_decimals'],
    ['NaN', 'not_a_number'],
    ['Infinity', 'not_a_number'],
    [Number.NaN, 'not_a_number'],
    [Number.POSITIVE_INFINITY, 'not_a_number'],
    ['abc', 'not_a_number'],
    ['', 'not_a_number'],
    [' 1', 'not_a_number'],
    ['1e3', 'not_a_number'],
    ['0x10', 'not_a_number'],
    ['1,5', 'not_a_number'],
    ['1_000', 'not_a_number'],
    ['9'.repeat(10_000), 'not_a_number'],
    [true, 'not_a_number'],
    [null, 'not_a_number'],
    [undefined, 'not_a_number'],
    [{}, 'not_a_number'],
    [['5'], 'not_a_number'],
  ])('is refused when it is %p: %s', (given, code) => {
    const { amount, violation } = checkInitialBalance(given);
    expect(amount).toBeNull();
    expect(violation).toMatchObject({ pointer: '/initial_balance', code });
  });
});
