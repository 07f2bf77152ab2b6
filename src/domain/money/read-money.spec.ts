import { describe, expect, it } from '@jest/globals';
import { readMoney } from './decimal.js';

describe('an amount from outside', () => {
  it.each([
    ['65000', '65000'],
    ['0065000.50', '65000.5'],
    ['-0.000000000000000001', '-0.000000000000000001'],
    ['99999999999999999999.999999999999999999', '99999999999999999999.999999999999999999'],
    [10000, '10000'],
    [0.1, '0.1'],
    [1e-7, '0.0000001'],
    [0.1 + 0.2, '0.30000000000000004'],
    [-5, '-5'],
    [0, '0'],
  ])('%p is %s', (given, amount) => expect(readMoney(given)?.toFixed()).toBe(amount));

  it.each([
    '',
    ' 1',
    '1 ',
    '1e3',
    '1,000',
    '.5',
    '5.',
    '+5',
    '0x10',
    'NaN',
    'Infinity',
    '100000000000000000000',
    '0.0000000000000000001',
    Number.NaN,
    Infinity,
    1e20,
    1e-19,
    1e30,
    null,
    undefined,
    true,
    [],
    ['5'],
    {},
    5n,
  ])('%p is refused', (given) => expect(readMoney(given)).toBeNull());
});
