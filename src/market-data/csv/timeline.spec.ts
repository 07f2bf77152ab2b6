import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { Timeline } from './csv-source.js';

it('finds the same entries as a linear search', () => {
  const times = fc
    .uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 30 })
    .map((list) => list.sort((a, b) => a - b));
  const bound = fc.integer({ min: -5, max: 65 });
  const sameAsNaive = fc.property(times, bound, bound, fc.integer({ min: 1, max: 40 }), (entries, a, b, count) => {
    const timeline = new Timeline(entries, (entry) => entry);
    const known = entries.filter((entry) => entry <= b);
    expect(timeline.newest(b)).toBe(known.at(-1) ?? null);
    expect(timeline.last(count, b)).toEqual(known.slice(-count));
    expect(timeline.between(Math.min(a, b), b)).toEqual(known.filter((entry) => entry > Math.min(a, b)));
  });
  fc.assert(sameAsNaive, { seed: 7, numRuns: 300 });
});
