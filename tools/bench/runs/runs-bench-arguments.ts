import { parseArgs } from 'node:util';
import { StartError } from '../../../src/platform/config/start-error.js';

const USAGE =
  'npm run bench -- [--instances N] [--sizes N,N,...] [--rounds N] [--chunk-sizes N,N,...] [--workers N] [--profile DIR]';

export interface RunsBenchArguments {
  /** Instances of the run that is held against the floor, and of the comparison of workers. */
  readonly instances: number;
  /** Instances of the runs that show how the time grows; smallest first. Empty: not measured. */
  readonly sizes: readonly number[];
  /** Counted rounds of each measurement; one more before them, or several of few instances, are not counted. */
  readonly rounds: number;
  /** Instances of one transaction of the floor: the best counts. */
  readonly chunkSizes: readonly number[];
  /** Processes of the comparison; 1: it is left out. */
  readonly workers: number;
  /** Folder for CPU profiles of the workers; null: none are taken. */
  readonly profile: string | null;
}

/** @throws StartError (exit code 2) naming everything that is wrong, and the usage. */
export function readRunsBenchArguments(args: readonly string[]): RunsBenchArguments {
  const values = parse(args);
  const problems: string[] = [];
  const whole = (name: string, text: string, most: number): number => {
    const number = Number(text);
    if (Number.isInteger(number) && number >= 1 && number <= most) return number;
    problems.push(`--${name} must be a whole number from 1 to ${most}, not "${text}"`);
    return 1;
  };
  const wholes = (name: string, text: string, most: number): number[] =>
    text === '' ? [] : text.split(',').map((part) => whole(name, part, most));
  const read = {
    instances: whole('instances', values.instances ?? '10000', 100_000),
    sizes: wholes('sizes', values.sizes ?? '1000,10000,100000', 200_000).sort((a, b) => a - b),
    rounds: whole('rounds', values.rounds ?? '5', 50),
    chunkSizes: wholes('chunk-sizes', values['chunk-sizes'] ?? '500,1000,2000', 10_000),
    workers: whole('workers', values.workers ?? '2', 8),
    profile: values.profile ?? null,
  };
  if (read.chunkSizes.length === 0) problems.push('--chunk-sizes must name at least one');
  if (problems.length > 0) throw usageError(`${problems.join('; ')}.`);
  return read;
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const options = {
    instances: text,
    sizes: text,
    rounds: text,
    'chunk-sizes': text,
    workers: text,
    profile: text,
  };
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw usageError((error as Error).message);
  }
}

function usageError(problem: string): StartError {
  return new StartError(`${problem}\nUsage: ${USAGE}`, 2);
}
