import { createContext, Script } from 'node:vm';

/** Where the script finds its work: a watchdog watches a script, and a script reaches only what its globals hold. */
const stage: { work: () => void } = { work: () => undefined };
const context = createContext(stage);
const script = new Script('work()', { filename: 'watchdog' });

/**
 * Runs work and cuts it off when it takes longer than `limitMs`: also in a busy loop, in a regular expression that
 * does not end, in `Atomics.wait`. A function of the engine, such as sorting a million values, ends first. What the work
 * throws is thrown.
 *
 * Starting a watchdog takes as long as dozens of short calculations (about 60 microseconds): watch many at once. Work
 * that is cut off runs no `catch` and no `finally`: whoever calls puts right what it may have left half done.
 *
 * @param work synchronous; what it starts for later is not watched.
 * @returns whether the work came to its end.
 */
export function runWithin(limitMs: number, work: () => void): boolean {
  let ended = false;
  stage.work = () => {
    work();
    ended = true;
  };
  try {
    script.runInContext(context, { timeout: limitMs, displayErrors: false });
  } catch (error) {
    if ((error as NodeJS.ErrnoException | null)?.code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
  } finally {
    stage.work = () => undefined;
  }
  return ended;
}
