import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { findUnsafeContent, MAX_BODY_DEPTH } from './unsafe-content.js';

const codes = (json: string): string[] =>
  findUnsafeContent(JSON.parse(json) as unknown).map((one) => `${one.pointer} ${one.code}`);

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

describe('unsafe content', () => {
  it.each([
    ['{"a":{"__proto__":1}}', '/a/__proto__ forbidden_key'],
    ['{"constructor":1}', '/constructor forbidden_key'],
    ['[{"prototype":1}]', '/0/prototype forbidden_key'],
    ['{"toString":1}', '/toString forbidden_key'],
    ['{"a":"x\\u0000y"}', '/a invalid_text'],
    ['{"a":"\\udc00"}', '/a invalid_text'],
    ['{"a\\u0000b":1}', '/a\u{fffd}b forbidden_key'],
    ['{"a":[1e309]}', '/a/0 out_of_range'],
    ['"\\ud800"', ' invalid_text'],
  ])('is found in %s', (json, finding) => expect(codes(json)).toEqual([finding]));

  it.each(['{"a":"😀 é \\n","b":[1,-0.5,null,true]}', '{"proto":1,"constructors":2}', '"x"', 'null'])(
    'is not found in %s',
    (json) => expect(codes(json)).toEqual([]),
  );

  it('includes nesting beyond the limit, and no depth overflows the stack', () => {
    expect(codes(nested(MAX_BODY_DEPTH))).toEqual([]);
    expect(codes(nested(MAX_BODY_DEPTH + 1))[0]).toContain('too_deep');
    expect(codes(nested(40_000))).toHaveLength(1);
  });

  it('is never reported for the JSON of plain data', () => {
    const plain = fc.jsonValue({ maxDepth: 5, stringUnit: 'grapheme-ascii' });
    const property = fc.property(plain, (value) => {
      const inherited = new RegExp(`"(prototype|${Object.getOwnPropertyNames(Object.prototype).join('|')})"`);
      fc.pre(!inherited.test(JSON.stringify(value)));
      expect(findUnsafeContent(value)).toEqual([]);
    });
    fc.assert(property, { seed: 7, numRuns: 200 });
  });
});
