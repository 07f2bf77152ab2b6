import { describe, expect, it } from '@jest/globals';
import { monthText } from '../domain/month.js';
import { readPruneArguments } from './prune-arguments.js';

const NOW = new Date('2026-02-28T23:59:59Z');

describe('the arguments of storage:prune', () => {
  it('hold the first month to retain, and the dry run', () => {
    const { before, dryRun } = readPruneArguments(['--before', '2025-11', '--dry-run'], 1, NOW);
    expect([monthText(before), dryRun]).toEqual(['2025-11', true]);
  });

  it.each([
    [1, '2026-01'],
    [2, '2025-12'],
    [14, '2024-12'],
  ])('default to RETENTION_MONTHS: %i full months before the current one are retained', (months, before) => {
    expect(monthText(readPruneArguments([], months, NOW).before)).toBe(before);
  });

  it.each([
    [['--before', '2025-13'], 'such as 2026-03'],
    [['--before', '2025-1'], 'such as 2026-03'],
    [['--before', ''], 'such as 2026-03'],
    [['--after', '2025-01'], 'after'],
    [['2025-01'], 'argument'],
    [[], 'RETENTION_MONTHS is not set'],
  ])('%j are refused with the usage', (args, words) => {
    const read = () => readPruneArguments(args, undefined, NOW);
    expect(read).toThrow(words);
    expect(read).toThrow('Usage: npm run conclave -- storage:prune');
  });
});
