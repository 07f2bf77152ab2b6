import { beforeAll, expect, it } from '@jest/globals';
import i18next from 'i18next';
import { en } from '../i18n/en.js';
import { zh } from '../i18n/zh.js';
import { fromCode } from '../i18n/en/from-code.js';
import { formatReading } from './reading.js';

beforeAll(async () => {
  await i18next.init({ lng: 'en', resources: { en: { translation: en }, zh: { translation: zh } } });
});

it.each([
  ['0..100', 43, '43'],
  ['0..100', 56.2831, '56.3'],
  ['%', -1.596, '−1.60 %'],
  ['% a year', 5.2, '+5.20 % p.a.'],
  ['percentage points', -0.12, '−0.12 pp'],
  ['ATR', -1.596, '−1.60 ATR'],
  ['fraction of the band', 0.824, '82 %'],
  ['fraction per 8 hours', 0.00007072, '+0.0071 % / 8 h'],
  ['points', 18.4, '18.40'],
  ['ratio', 62.314, '62.31'],
  [undefined, 0.00123456, '0.001235'],
])('shows a value in %s', (unit, value, shown) => {
  expect(formatReading(i18next.t, value, unit)).toBe(shown);
});

it('translates units', () => {
  const t = i18next.getFixedT('zh');
  expect(formatReading(t, 0.00007072, 'fraction per 8 hours')).toBe('+0.0071 % / 8 小时');
  expect(formatReading(t, 0.25, 'percentage points')).toBe('+0.25 个百分点');
});

it('has a form for the unit of every factor', () => {
  for (const unit of new Set(Object.values(fromCode.factorUnit))) {
    // What has no form is shown with four significant digits.
    expect([unit, formatReading(i18next.t, 1.23456789, unit)]).not.toEqual([unit, '1.235']);
  }
});
