import { describe, expect, it } from '@jest/globals';
import { readReplayArguments } from './replay-arguments.js';

const GOOD = ['--data', 'd', '--definition', 'x', '--instances', '3', '--from', '2024-01-01', '--to', '2024-03-31'];

function withArgument(name: string, value: string): string[] {
  const args = [...GOOD];
  const at = args.indexOf(name);
  if (at >= 0) args[at + 1] = value;
  else args.push(name, value);
  return args;
}

describe('arguments of replay', () => {
  it('includes the last day, and takes 10000 and the definition’s own period unless told', () => {
    expect(readReplayArguments(GOOD)).toEqual({
      data: 'd',
      definition: 'x',
      instances: 3,
      from: new Date('2024-01-01T00:00:00Z'),
      until: new Date('2024-04-01T00:00:00Z'),
      everyMinutes: null,
      initialBalance: '10000',
      json: false,
    });
  });

  it('takes a moment as the last one', () => {
    const { until } = readReplayArguments(withArgument('--to', '2024-01-02T12:00Z'));
    expect(until).toEqual(new Date('2024-01-02T12:00:00.001Z'));
  });

  it.each([
    ['--instances', '0'],
    ['--instances', '1.5'],
    ['--instances', 'many'],
    ['--every', '0'],
    ['--every', '10081'],
    ['--from', '2024-02-31'],
    ['--from', 'yesterday'],
    ['--to', '2023-12-31'],
  ])('refuses %s %s with the usage and exit code 2', (name, value) => {
    expect(() => readReplayArguments(withArgument(name, value))).toThrow(
      expect.objectContaining({ exitCode: 2, message: expect.stringMatching(/--(instances|every|from)[\s\S]*Usage/) }),
    );
  });

  it('names everything that is missing at once', () => {
    expect(() => readReplayArguments([])).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(/--from[\s\S]*--to[\s\S]*--data[\s\S]*--definition[\s\S]*--instances/),
      }),
    );
  });

  it('refuses an option that it does not have', () => {
    expect(() => readReplayArguments([...GOOD, '--fast'])).toThrow('--fast');
  });
});
