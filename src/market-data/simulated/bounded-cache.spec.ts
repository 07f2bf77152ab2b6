import { expect, it, jest } from '@jest/globals';
import { BoundedCache } from './simulated-source.js';

it('computes a cached result once', () => {
  const cache = new BoundedCache<string, number>(2);
  const compute = jest.fn(() => 1);
  expect([cache.getOrCompute('a', compute), cache.getOrCompute('a', compute)]).toEqual([1, 1]);
  expect(compute).toHaveBeenCalledTimes(1);
});

it('stays within its capacity and evicts the least recently used entry', () => {
  const cache = new BoundedCache<string, string>(2);
  for (const key of ['a', 'b', 'a', 'c']) cache.getOrCompute(key, () => key);
  expect(cache.size).toBe(2);
  const compute = jest.fn(() => 'computed again');
  expect(cache.getOrCompute('a', compute)).toBe('a');
  expect(cache.getOrCompute('b', compute)).toBe('computed again');
});
