import { describe, expect, it } from '@jest/globals';
import { formsOf } from '../../../../test/support/secret-forms.js';
import { holdsSecret } from './secret-forms.js';

const SECRET = 'canary"k\\ey+/%=&<9f31c2>';

describe('a text', () => {
  it.each(formsOf(SECRET).map((form, index) => [index, form]))('holds the secret in form %i', (_index, form) => {
    expect(holdsSecret(`before ${form} after`, SECRET)).toBe(true);
  });

  it('holds it in other letters, and backwards', () => {
    expect(holdsSecret(SECRET.toUpperCase(), SECRET)).toBe(true);
    expect(holdsSecret([...SECRET].reverse().join(''), SECRET)).toBe(true);
  });

  it('does not hold it in part, nor what is too short to be one', () => {
    expect(holdsSecret(`x${SECRET.slice(0, -1)}`, SECRET)).toBe(false);
    expect(holdsSecret('none of the above', 'none')).toBe(false);
  });
});
