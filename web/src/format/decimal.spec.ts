import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  decimalOf,
  formatDecimal,
  formatFraction,
  formatPercent,
  formatPrice,
  formatQuantity,
  roundDecimal,
  shiftDecimal,
  signOf,
} from './decimal.js';

describe('figures of the console', () => {
  it.each([
    ['10097.9', 2, '10097.90'],
    ['0.005', 2, '0.01'],
    ['-0.005', 2, '-0.01'],
    ['-0.004', 2, '0.00'],
    ['999.995', 2, '1000.00'],
    ['1.005', 2, '1.01'],
    ['9007199254740993.000000000000000001', 18, '9007199254740993.000000000000000001'],
    ['5', 0, '5'],
    ['0.5', 0, '1'],
  ])('%s has %i places as %s', (text, places, expected) => {
    expect(roundDecimal(text, places)).toBe(expected);
  });

  it.each([
    ['1234567.5', { places: 2 }, '1,234,567.50'],
    ['-1234.5', { places: 2 }, '−1,234.50'],
    ['97.9', { places: 2, signed: true }, '+97.90'],
    ['0', { places: 2, signed: true }, '0.00'],
    ['0.001', { places: 2, signed: true }, '0.00'],
    ['123', {}, '123'],
    ['100.250000', {}, '100.25'],
  ])('%s reads, as %j, %s', (text, format, expected) => {
    expect(formatDecimal(text, format)).toBe(expected);
  });

  it('shows at most 8 places of a quantity, and never zero for a small one', () => {
    expect(formatQuantity('0.046153846153846153')).toBe('0.04615385');
    expect(formatQuantity('0.000000000000000001')).toBe('0.000000000000000001');
    expect(formatQuantity('2.50000000')).toBe('2.5');
  });

  it('shows small prices with their digits', () => {
    expect(formatPrice('65000')).toBe('65,000.00');
    expect(formatPrice('0.00001234')).toBe('0.00001234');
  });

  it('shows fractions and percentages without floating-point errors', () => {
    expect(formatFraction(0.07 * 100 - 6.93)).toBe('7.00 %');
    expect(formatFraction(1e-7)).toBe('0.00 %');
    expect(formatPercent(0.979)).toBe('+0.98 %');
    expect(formatPercent(-12.5)).toBe('−12.50 %');
    expect(decimalOf(0.1 + 0.2)).toBe('0.3');
  });

  it('refuses text that is not a decimal', () => {
    for (const text of ['', '1e5', 'NaN', '1,5', ' 1']) expect(() => signOf(text)).toThrow(RangeError);
  });

  it('keeps every digit when shifting, and is at most half a unit off when rounding', () => {
    const decimal = fc
      .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.integer({ min: 1, max: 18 }))
      .map(([units, places]) => ({ units, places, text: text(units, places) }));
    fc.assert(
      fc.property(decimal, ({ units, places, text }) => {
        expect(unitsOf(shiftDecimal(text, 2), places)).toBe(units * 100n);
        const off = unitsOf(roundDecimal(text, 2), places + 2) - units * 100n;
        expect(2n * (off < 0n ? -off : off) <= 10n ** BigInt(places)).toBe(true);
      }),
    );
  });
});

function text(units: bigint, places: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, '0');
  return `${units < 0n ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

function unitsOf(value: string, places: number): bigint {
  const [whole = '', fraction = ''] = value.replace('-', '').split('.');
  return BigInt(whole + fraction.padEnd(places, '0')) * (value.startsWith('-') ? -1n : 1n);
}
