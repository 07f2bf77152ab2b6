import { describe, expect, it } from '@jest/globals';
import { formsOf } from '../../../../test/support/secret-forms.js';
import { holdsSecret } from './secret-forms.js';

const SECRET = 'canary"k\\ey+/%=&<9f31c2>';

describe('a text', () => {
  it.each(formsOf(SECRET).map((form, index) => [index, form]))('holds the secret in form %i', (_index, form) => {
    expect(holdsSecret(`before ${form} after`, SECRET)).toBe(true);
  });

  it('holds it in another case, and reversed', () => {
    expect(holdsSecret(SECRET.toUpperCase(), SECRET)).toBe(true);
    expect(holdsSecret([...SECRET].reverse().join(''), SECRET)).toBe(true);
  });

  const codes = [...SECRET].map((letter) => letter.charCodeAt(0).toString(16).padStart(2, '0'));
  it.each([
    ['escapes of JSON', codes.map((code) => `\\u00${code}`).join('')],
    ['escapes of JSON in capital letters', codes.map((code) => `\\U00${code.toUpperCase()}`).join('')],
    ['one escape of JSON', `\\u00${codes[0]}${SECRET.slice(1)}`],
    ['an escape of the escape', `\\u005cu00${codes[0]}${SECRET.slice(1)}`],
    ['escapes of JavaScript', codes.map((code, at) => (at % 2 ? `\\x${code}` : `\\u{${code}}`)).join('')],
    ['escapes of a URL', codes.map((code) => `%${code}`).join('')],
    ['three layers of escapes of a URL', codes.map((code) => `%2525${code}`).join('')],
    ['escapes of HTML', codes.map((code, at) => (at % 2 ? `&#x${code};` : `&#${parseInt(code, 16)};`)).join('')],
    ['JSON in a URL', encodeURIComponent(codes.map((code) => `\\u00${code}`).join(''))],
    ['base64 in lines', Buffer.from(`before ${SECRET} after`).toString('base64').replaceAll(/.{5}/g, '$&\r\n')],
    ['letters apart', [...SECRET].join(' ')],
    ['letters with nothing to be seen between them', [...SECRET].join('\u200b\u00ad')],
    ['hex in groups', codes.join(' ')],
  ])('holds it in %s', (_what, form) => expect(holdsSecret(`before ${form} after`, SECRET)).toBe(true));

  it('does not hold a part of it, nor a secret that is too short', () => {
    expect(holdsSecret(`x${SECRET.slice(0, -1)}`, SECRET)).toBe(false);
    expect(holdsSecret('none of the above', 'none')).toBe(false);
    expect(holdsSecret('That is not needed, at 100 %.', 'not-needed')).toBe(false);
    expect(holdsSecret('\\u00', SECRET)).toBe(false);
  });
});
