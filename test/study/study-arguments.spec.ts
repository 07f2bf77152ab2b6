import { expect, it } from '@jest/globals';
import { readStudyArguments } from '../../tools/study/study-arguments.js';

const GOOD = ['--data', 'history', '--from', '2024-01-01', '--to', '2024-01-31'];

it('reads whole days, one sample a day', () => {
  expect(readStudyArguments(GOOD)).toEqual({
    data: 'history',
    from: new Date('2024-01-01T00:00:00Z'),
    until: new Date('2024-02-01T00:00:00Z'),
    everyMinutes: 1440,
    out: 'agents-study',
    json: false,
  });
});

it('reads everything that may be given', () => {
  expect(readStudyArguments([...GOOD, '--every', '60', '--out', 'there', '--json'])).toMatchObject({
    everyMinutes: 60,
    out: 'there',
    json: true,
  });
});

it.each([
  [[], /--data is missing; --from is missing; --to is missing/],
  [[...GOOD, '--every', '7'], /--every must be a whole number of minutes that a day can be divided into, not "7"/],
  [[...GOOD, '--every', '0'], /--every must be/],
  [[...GOOD, '--every', '1.5'], /--every must be/],
  [[...GOOD, '--every', '2880'], /--every must be/],
  [[...GOOD, '--from', '2024-02-30'], /--from must be a date such as/],
  [[...GOOD, '--from', '2024-03-01'], /--from must be before --to/],
  [[...GOOD, '--symbol', 'ETH'], /Unknown option '--symbol'/],
])('refuses %p and shows how it is used', (args, message) => {
  const read = (): unknown => readStudyArguments(args);
  expect(read).toThrow(message);
  expect(read).toThrow(/Usage: npm run conclave -- agents:study/);
});
