import { parseArgs } from 'node:util';
import { StartError } from '../../../src/platform/config/start-error.js';

const USAGE = 'npm run conclave -- storage:measure [--instances N] [--runs N] [--json]';

export interface StorageArguments {
  readonly instances: number;
  /** Runs of each kind that holds; those that trade take a tenth, so that there is something left to trade with. */
  readonly runs: number;
  readonly json: boolean;
}

/** @throws StartError (exit code 2) naming what is wrong, and the usage. */
export function readStorageArguments(args: readonly string[]): StorageArguments {
  try {
    const text = { type: 'string' } as const;
    const options = { instances: text, runs: text, json: { type: 'boolean', default: false } } as const;
    const { values } = parseArgs({ args: [...args], options });
    return {
      instances: whole('instances', values.instances ?? '50', 5000),
      runs: whole('runs', values.runs ?? '600', 4000),
      json: values.json,
    };
  } catch (error) {
    throw new StartError(`${(error as Error).message}\nUsage: ${USAGE}`, 2);
  }
}

function whole(name: string, text: string, most: number): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 10 && number <= most) return number;
  throw new Error(`--${name} must be a whole number from 10 to ${most}, not "${text}".`);
}
