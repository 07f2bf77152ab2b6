import { expect, it } from '@jest/globals';
import { ADVISORY_LOCK } from './advisory-locks.js';

it('gives every advisory lock a number of its own', () => {
  const numbers = Object.values(ADVISORY_LOCK);
  expect(new Set(numbers).size).toBe(numbers.length);
});
