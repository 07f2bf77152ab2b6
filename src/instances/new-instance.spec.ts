import { describe, expect, it } from '@jest/globals';
import { checkInitialBalance } from './new-instance.js';

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
    [0.000000001, 'bad_format'],
    ['1.123456789', 'bad_format'],
    [0.1 + 0.2, 'bad_format'],
    ['NaN', 'bad_format'],
    ['Infinity', 'bad_format'],
    [Number.NaN, 'wrong_type'],
    [Number.POSITIVE_INFINITY, 'wrong_type'],
    ['abc', 'bad_format'],
    ['', 'bad_format'],
    [' 1', 'bad_format'],
    ['1e3', 'bad_format'],
    ['0x10', 'bad_format'],
    ['1,5', 'bad_format'],
    ['1_000', 'bad_format'],
    ['9'.repeat(10_000), 'bad_format'],
    [true, 'wrong_type'],
    [null, 'wrong_type'],
    [undefined, 'required'],
    [{}, 'wrong_type'],
    [['5'], 'wrong_type'],
  ])('is refused when it is %p: %s', (given, code) => {
    const { amount, violation } = checkInitialBalance(given);
    expect(amount).toBeNull();
    expect(violation).toMatchObject({ pointer: '/initial_balance', code });
  });
});
