import { parseArgs } from 'node:util';
import { readDate } from '../../src/domain/schedule/read-date.js';
import { StartError } from '../../src/platform/config/start-error.js';

export const STUDY_USAGE = `npm run conclave -- agents:study --data DIR --from DATE --to DATE
  [--every MINUTES] [--out DIR] [--json]`;

export interface StudyArguments {
  /** Folder with the CSV files. */
  readonly data: string;
  /** First sample. */
  readonly from: Date;
  /** The last sample is before it. */
  readonly until: Date;
  /** Minutes between samples; a day unless given. */
  readonly everyMinutes: number;
  /** Folder for the page and the JSON; made where it is missing. */
  readonly out: string;
  readonly json: boolean;
}

const DAY_MINUTES = 1440;
const DEFAULT_OUT = 'agents-study';

/**
 * Reads the command line. A date without a time means the whole day, UTC.
 * @throws StartError (exit code 2) naming everything that is wrong, and the usage.
 */
export function readStudyArguments(args: readonly string[]): StudyArguments {
  const values = parse(args);
  const problems: string[] = [];
  for (const name of ['data', 'from', 'to'] as const) if (!values[name]) problems.push(`--${name} is missing`);
  const [from, to] = (['from', 'to'] as const).map((name) => {
    const text = values[name];
    const date = text ? readDate(text) : null;
    if (text && !date) problems.push(`--${name} must be a date such as 2024-01-31 or 2024-01-31T12:00Z, not "${text}"`);
    return date;
  });
  if (from && to && from.start >= to.end) problems.push('--from must be before --to');
  const everyMinutes = Number(values.every ?? DAY_MINUTES);
  if (!(Number.isInteger(everyMinutes) && everyMinutes > 0 && DAY_MINUTES % everyMinutes === 0)) {
    problems.push(`--every must be a whole number of minutes that a day can be divided into, not "${values.every}"`);
  }
  if (!from || !to || problems.length > 0) throw usageError(`${problems.join('; ')}.`);
  const { data = '', out = DEFAULT_OUT, json } = values;
  return { data, from: from.start, until: to.end, everyMinutes, out, json };
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { data: text, from: text, to: text, every: text, out: text, json: { type: 'boolean', default: false } },
    });
    return values;
  } catch (error) {
    throw usageError((error as Error).message);
  }
}

function usageError(problem: string): StartError {
  return new StartError(`${problem}\nUsage: ${STUDY_USAGE}`, 2);
}
