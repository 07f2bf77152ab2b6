import { describe, expect, it } from '@jest/globals';
import { sanitizeJson, sanitizeText } from './database-text.js';

describe('storable text', () => {
  it('leaves ordinary text alone, other alphabets and emoji included', () => {
    for (const text of ['', 'BTC', '策略 🚀', 'a\\u0000b', 'tab\tline\n']) {
      expect(sanitizeText(text)).toBe(text);
      expect(JSON.parse(sanitizeJson({ text }))).toEqual({ text });
    }
  });

  it('replaces NUL and lone surrogates, at any depth', () => {
    expect(sanitizeText('a\0b\ud800c')).toBe('a\uFFFDb\uFFFDc');
    const json = sanitizeJson([{ text: 'a\0b', more: { deep: ['\udc00'] } }]);
    expect(JSON.parse(json)).toEqual([{ text: 'a\uFFFDb', more: { deep: ['\uFFFD'] } }]);
  });
});
