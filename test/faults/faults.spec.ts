import { describe, expect, it } from '@jest/globals';
import { databaseCrashed } from './faults/database-crashed.js';
import { notReady } from './faults/not-ready.js';
import { workerKilled } from './faults/worker-killed.js';
import { runFault } from './run-fault.js';

const SEED = 1;
/** What takes seconds by itself may take its time on a machine that does other things too. */
const WITHIN_MS = 240_000;

/** Those that find most, on a small scale; `npm run faults` runs all of them in full. */
describe('with real processes', () => {
  it.each([workerKilled, databaseCrashed, notReady].map((fault) => [fault.proves, fault] as const))(
    '%s',
    async (_proves, fault) => {
      const log: string[] = [];
      const { problems, violations } = await runFault(fault, {
        seed: SEED,
        size: 'short',
        say: (line) => log.push(line),
      });
      expect({ violations, problems, log: problems.length > 0 ? log : [] }).toEqual({
        violations: 0,
        problems: [],
        log: [],
      });
    },
    WITHIN_MS,
  );
});
