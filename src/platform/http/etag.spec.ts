import { describe, expect, it } from '@jest/globals';
import { PreconditionFailed, PreconditionRequired } from './problems/app-errors.js';
import { checkIfMatch } from './etag.js';

const check = (headers: Record<string, string>, version: number, requiredWhenStrict = true): void =>
  checkIfMatch({ headers }, version, { requiredWhenStrict });

describe('If-Match', () => {
  it.each(['"v3"', '*', '"v1", "v3"', 'W/"v3"'])('%s lets a change of version 3 through', (tag) => {
    expect(() => check({ 'if-match': tag }, 3)).not.toThrow();
  });

  it.each(['"v2"', '"v33"', 'v3', '', '"3"'])('%j stops a change of version 3', (tag) => {
    expect(() => check({ 'if-match': tag }, 3)).toThrow(PreconditionFailed);
  });

  it('is refused with the present version in the form of a tag', () => {
    expect(() => check({ 'if-match': 'v3' }, 3)).toThrow('The version is now "v3" (quotes included)');
  });

  it('may be missing, unless the caller is strict and the resource asks for it', () => {
    expect(() => check({}, 3)).not.toThrow();
    expect(() => check({ prefer: 'strict' }, 3, false)).not.toThrow();
    expect(() => check({ prefer: 'return=minimal, Strict' }, 3)).toThrow(PreconditionRequired);
    expect(() => check({ prefer: 'strict', 'if-match': '"v3"' }, 3)).not.toThrow();
  });
});
