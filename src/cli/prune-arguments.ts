import { parseArgs } from 'node:util';
import { StartError } from '../platform/config/start-error.js';
import { monthOf, readMonth, type Month } from '../domain/month.js';

const USAGE = 'npm run conclave -- storage:prune [--before YYYY-MM] [--dry-run]';

export interface PruneArguments {
  /** Months before it are dropped. */
  readonly before: Month;
  readonly dryRun: boolean;
}

/**
 * @param retentionMonths RETENTION_MONTHS, the default when `--before` is missing.
 * @throws StartError (exit code 2) with the problem and the usage.
 */
export function readPruneArguments(
  args: readonly string[],
  retentionMonths: number | undefined,
  now: Date,
): PruneArguments {
  try {
    const options = { before: { type: 'string' }, 'dry-run': { type: 'boolean', default: false } } as const;
    const { values } = parseArgs({ args: [...args], options });
    return { before: beforeOf(values.before, retentionMonths, now), dryRun: values['dry-run'] };
  } catch (error) {
    throw new StartError(`${(error as Error).message}\nUsage: ${USAGE}`, 2);
  }
}

function beforeOf(text: string | undefined, retentionMonths: number | undefined, now: Date): Month {
  if (text !== undefined) {
    const month = readMonth(text);
    if (month === null) throw new Error(`--before must be a month such as 2026-03, not "${text}".`);
    return month;
  }
  if (retentionMonths === undefined) throw new Error('RETENTION_MONTHS is not set: say --before which month to drop.');
  return monthOf(now) - retentionMonths;
}
