import { beforeAll, describe, expect, it } from '@jest/globals';
import i18next from 'i18next';
import { knownWords, seededWords } from './known-words.js';

describe('translations of names of the server', () => {
  beforeAll(async () => {
    const resources = {
      en: { translation: { tool: { price: 'The price.' } } },
      zh: { translation: { tool: { price: '价格。' } } },
    };
    await i18next.init({ lng: 'zh', fallbackLng: false, resources });
  });

  it('are in the language of the user, or null', () => {
    expect(knownWords(i18next.t, 'tool', 'price')).toBe('价格。');
    expect(knownWords(i18next.t, 'tool', 'weather')).toBeNull();
  });

  it('replace seeded texts, never texts of an administrator', () => {
    expect(seededWords(i18next.t, 'tool', 'price', 'The price.')).toBe('价格。');
    expect(seededWords(i18next.t, 'tool', 'price', 'Our price.')).toBe('Our price.');
    expect(seededWords(i18next.t, 'tool', 'weather', 'The weather.')).toBe('The weather.');
  });
});
