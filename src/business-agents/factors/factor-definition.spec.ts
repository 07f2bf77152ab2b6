import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { normalise } from './factor-definition.js';

const anchors = [
  [-2, -1],
  [0, 0],
  [4, 0.5],
  [10, 1],
] as const;

it.each([
  [-100, -1],
  [-2, -1],
  [-1, -0.5],
  [0, 0],
  [1, 0.125],
  [4, 0.5],
  [7, 0.75],
  [10, 1],
  [1e9, 1],
])('normalises %d to %d', (value, expected) => {
  expect(normalise(value, anchors)).toBeCloseTo(expected, 12);
});

it('stays within -1..1 and never falls where the anchors rise', () => {
  const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  const rising = fc.property(value, value, (a, b) => {
    const [low, high] = [normalise(Math.min(a, b), anchors), normalise(Math.max(a, b), anchors)];
    expect(low).toBeLessThanOrEqual(high);
    expect(low).toBeGreaterThanOrEqual(-1);
    expect(high).toBeLessThanOrEqual(1);
  });
  fc.assert(rising, { seed: 7, numRuns: 300 });
});
