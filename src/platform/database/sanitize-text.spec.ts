import { describe, expect, it } from '@jest/globals';
import { storableJson, storableText } from './sanitize-text.js';

describe('storable text', () => {
  it('leaves ordinary text alone, other alphabets and emoji included', () => {
    for (const text of ['', 'BTC', '策略 🚀', 'a\\u0000b', 'tab\tline\n']) {
      expect(storableText(text)).toBe(text);
      expect(JSON.parse(storableJson({ text }))).toEqual({ text });
    }
  });

  it('replaces NUL and lone surrogates, at any depth', () => {
    expect(storableText('a\0b\ud800c')).toBe('a\uFFFDb\uFFFDc');
    const json = storableJson([{ text: 'a\0b', more: { deep: ['\udc00'] } }]);
    expect(JSON.parse(json)).toEqual([{ text: 'a\uFFFDb', more: { deep: ['\uFFFD'] } }]);
  });
});
