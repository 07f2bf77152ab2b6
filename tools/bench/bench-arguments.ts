import { parseArgs } from 'node:util';
import { StartError } from '../../src/platform/config/start-error.js';

const USAGE = `npm run bench:api -- [--instances N] [--executions N] [--trades N] [--rate N] [--seconds N] [--profile DIR]`;

export interface BenchArguments {
  readonly instances: number;
  /** Of all instances together; every instance has at least one. */
  readonly executions: number;
  /** Of all instances together. */
  readonly trades: number;
  /** Requests a second to one list. */
  readonly rate: number;
  /** How long each list is asked in each role. */
  readonly seconds: number;
  /** Folder for a CPU profile of the server; null: none is taken. */
  readonly profile: string | null;
}

/** Default and largest value of each number. */
const NUMBERS = {
  instances: [10_000, 100_000],
  executions: [1_000_000, 10_000_000],
  trades: [200_000, 10_000_000],
  rate: [50, 1000],
  seconds: [20, 600],
} as const;

/** @throws StartError (exit code 2) naming everything that is wrong, and the usage. */
export function readBenchArguments(args: readonly string[]): BenchArguments {
  const values = parse(args);
  const problems: string[] = [];
  const whole = (name: keyof typeof NUMBERS): number => {
    const [fallback, most] = NUMBERS[name];
    const number = Number(values[name] ?? fallback);
    const least = name === 'trades' ? 0 : 1;
    if (Number.isInteger(number) && number >= least && number <= most) return number;
    problems.push(`--${name} must be a whole number from ${least} to ${most}, not "${values[name]}"`);
    return least;
  };
  const read = {
    instances: whole('instances'),
    executions: whole('executions'),
    trades: whole('trades'),
    rate: whole('rate'),
    seconds: whole('seconds'),
    profile: values.profile ?? null,
  };
  if (problems.length > 0) throw usageError(`${problems.join('; ')}.`);
  return read;
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const options = { instances: text, executions: text, trades: text, rate: text, seconds: text, profile: text };
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw usageError((error as Error).message);
  }
}

function usageError(problem: string): StartError {
  return new StartError(`${problem}\nUsage: ${USAGE}`, 2);
}
