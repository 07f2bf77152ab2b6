import { expect, it } from '@jest/globals';
import { retryAfter, spanText, waitOf } from './retry-after.js';

const NOW = new Date('2026-03-14T12:00:00Z');
const THREE_DAYS = 259_200;
const date = (time: string): string => new Date(time).toUTCString();

it.each([
  ['a number', 429, { 'retry-after': '7' }, 7],
  ['a number with spaces', 429, { 'retry-after': ' 7 ' }, 7],
  ['zero', 429, { 'retry-after': '0' }, 0],
  ['a ban of three days', 418, { 'retry-after': '259200' }, THREE_DAYS],
  ['a date', 429, { 'retry-after': date('2026-03-14T12:01:00Z') }, 60],
  [
    'a date by another clock',
    429,
    { 'retry-after': date('2026-03-14T14:01:00Z'), date: date('2026-03-14T14:00:00Z') },
    60,
  ],
  ['a date that is over', 429, { 'retry-after': date('2026-03-14T11:00:00Z') }, 0],
  ['nothing', 429, {}, 60],
  ['nothing, but a ban', 418, {}, 600],
  ['nonsense', 429, { 'retry-after': 'soon' }, 60],
  ['a negative number', 429, { 'retry-after': '-5' }, 60],
])('takes the wait from %s', (_what, status, headers, seconds) => {
  expect(waitOf(status, headers, NOW).seconds).toBe(seconds);
});

it.each([
  ['a second more than the longest ban', { 'retry-after': '259201' }, 4],
  ['ten years', { 'retry-after': '315360000' }, 3650],
  ['a number without end', { 'retry-after': '9'.repeat(400) }, Number.MAX_SAFE_INTEGER],
  ['a date in the year 9999', { 'retry-after': 'Fri, 31 Dec 9999 23:59:59 GMT' }, 2_912_371],
])('caps %s at three days, and says so', (_what, headers, days) => {
  expect(retryAfter(headers, NOW)).toEqual({
    seconds: THREE_DAYS,
    text: `no requests in the next ${days} days, of which 3 are believed`,
  });
});

it.each([
  [0, '0 s'],
  [59.2, '60 s'],
  [120, '120 s'],
  [121, '3 min'],
  [7200, '120 min'],
  [7201, '3 h'],
  [THREE_DAYS, '72 h'],
])('%f seconds are %s', (seconds, text) => {
  expect(spanText(seconds)).toBe(text);
});
