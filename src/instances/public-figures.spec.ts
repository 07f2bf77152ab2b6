import { describe, expect, it } from '@jest/globals';
import { largestShownAs, publicAmount, publicConviction, publicPercent, smallestShownAs } from './public-figures.js';

describe('figures as the public sees them', () => {
  it('are steps of 0.01 % of the deposit, whatever its size', () => {
    expect(publicAmount('10099.499999', '10000')).toBe('10099');
    expect(publicAmount('10099.5', '10000')).toBe('10100');
    expect(publicAmount('-0.4', '10000')).toBe('0');
    expect(publicAmount('0.010099', '0.01')).toBe('0.010099');
    expect(publicAmount('1000051', '1000000')).toBe('1000100');
    expect([publicConviction(61.5), publicConviction(61.49), publicConviction(null)]).toEqual([62, 61, null]);
  });

  it('are filtered as they are shown: no bound tells one exact return from another', () => {
    for (const percent of [0.985, 0.9899, 0.99, 0.9949]) {
      expect(publicPercent(percent)).toBe(0.99);
      for (const bound of [0.981, 0.985, 0.9886, 0.99]) expect(percent).toBeGreaterThanOrEqual(smallestShownAs(bound));
      for (const bound of [0.9901, 0.995, 1]) expect(percent).toBeLessThan(smallestShownAs(bound));
      for (const bound of [0.99, 0.992, 0.9999]) expect(percent).toBeLessThanOrEqual(largestShownAs(bound));
      for (const bound of [0.9899, 0.985, 0.98]) expect(percent).toBeGreaterThanOrEqual(largestShownAs(bound));
    }
  });
});
