import { describe, expect, it } from '@jest/globals';
import { isPerpetual } from './perpetual.js';

describe('isPerpetual', () => {
  it.each([
    ['bound margin', { margin: '120.5' }, true],
    ['spot', { margin: '0' }, false],
    ['a position, spot or not, of which a user sees no sizes', {}, false],
  ])('tells %s', (_name, position, expected) => {
    expect(isPerpetual(position)).toBe(expected);
  });
});
