import { expect, it } from '@jest/globals';
import { secondsToWait } from './retry-after.js';

const NOW = new Date('2026-03-14T12:00:00Z');
const date = (time: string): string => new Date(time).toUTCString();

it.each([
  ['a number', 429, { 'retry-after': '7' }, 7],
  ['a number with spaces', 429, { 'retry-after': ' 7 ' }, 7],
  ['zero', 429, { 'retry-after': '0' }, 0],
  ['a ban of three days', 418, { 'retry-after': '259200' }, 259_200],
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
])('waits as %s says', (_what, status, headers, seconds) => {
  expect(secondsToWait(status, headers, NOW)).toBe(seconds);
});
