import { parseArgs } from 'node:util';
import { readDate } from '../domain/schedule/read-date.js';
import { StartError } from '../platform/config/start-error.js';

export const REPLAY_USAGE = `npm run replay -- --data DIR --definition NAME --instances N --from DATE --to DATE
  [--every MINUTES] [--initial-balance X] [--json]`;

export interface ReplayArguments {
  /** Folder with the CSV files. */
  readonly data: string;
  /** Name of the definition. */
  readonly definition: string;
  readonly instances: number;
  /** First tick. */
  readonly from: Date;
  /** The last tick is before it. */
  readonly until: Date;
  /** Minutes between ticks; null: the definition's own period. */
  readonly everyMinutes: number | null;
  /** Decimal text in quote currency, checked by the interface's own rules when the instances are made. */
  readonly initialBalance: string;
  readonly json: boolean;
}

const MOST_INSTANCES = 100_000;

/**
 * Reads the command line. A date without a time means the whole day, UTC: `--to 2024-03-31` includes that day.
 * @throws StartError (exit code 2) naming everything that is wrong, and the usage.
 */
export function readReplayArguments(args: readonly string[]): ReplayArguments {
  const values = parse(args);
  const problems: string[] = [];
  const required = (name: 'data' | 'definition' | 'from' | 'to'): string => {
    if (!values[name]) problems.push(`--${name} is missing`);
    return values[name] ?? '';
  };
  const whole = (name: 'instances' | 'every', low: number, high: number): number | null => {
    const text = values[name];
    if (text === undefined) return null;
    const number = Number(text);
    if (Number.isInteger(number) && number >= low && number <= high) return number;
    problems.push(`--${name} must be a whole number from ${low} to ${high}, not "${text}"`);
    return null;
  };
  const date = (name: 'from' | 'to'): { start: Date; end: Date } => {
    const text = required(name);
    const time = readDate(text);
    if (text && !time) problems.push(`--${name} must be a date such as 2024-01-31 or 2024-01-31T12:00Z, not "${text}"`);
    return time ?? { start: new Date(0), end: new Date(1) };
  };
  const from = date('from').start;
  const until = date('to').end;
  if (problems.length === 0 && from >= until) problems.push('--from must be before --to');
  const data = required('data');
  const definition = required('definition');
  const instances = whole('instances', 1, MOST_INSTANCES);
  if (values.instances === undefined) problems.push('--instances is missing');
  const everyMinutes = whole('every', 1, 10_080);
  if (problems.length > 0) throw usageError(`${problems.join('; ')}.`);
  const initialBalance = values['initial-balance'] ?? '10000';
  return { data, definition, instances: instances ?? 1, from, until, everyMinutes, initialBalance, json: values.json };
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        data: text,
        definition: text,
        instances: text,
        from: text,
        to: text,
        every: text,
        'initial-balance': text,
        json: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    throw usageError((error as Error).message);
  }
}

function usageError(problem: string): StartError {
  return new StartError(`${problem}\nUsage: ${REPLAY_USAGE}`, 2);
}
