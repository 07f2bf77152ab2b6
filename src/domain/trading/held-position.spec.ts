import { describe, expect, it } from '@jest/globals';
import { Money } from '../money/decimal.js';
import { holdingValueOf, totalValueOf } from './held-position.js';

describe('the value of a portfolio', () => {
  it('is its cash and its holding at the price', () => {
    expect(holdingValueOf(new Money('0.015'), new Money('90000')).toFixed()).toBe('1350');
    expect(totalValueOf(new Money('8497.3'), new Money('0.015'), new Money('90000')).toFixed()).toBe('9847.3');
  });

  it('is rounded half away from zero to the 18 places that are stored', () => {
    const halfOfLastPlace = [new Money('0.000000001'), new Money('0.0000000005')] as const;
    expect(holdingValueOf(...halfOfLastPlace).toFixed()).toBe('0.000000000000000001');
    expect(totalValueOf(new Money(1), ...halfOfLastPlace).toFixed()).toBe('1.000000000000000001');
  });
});
