import type { RunsBenchArguments } from '../../tools/bench/runs/runs-bench-arguments.js';
import { benchRuns } from '../../tools/bench/runs/runs-bench.js';
import { StartError } from '../platform/config/start-error.js';

/** `conclave bench`: what a run costs against the floor that the database sets, as JSON. */
export async function run(args: RunsBenchArguments): Promise<void> {
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort();
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  try {
    const report = await benchRuns(args, interruption.signal, (line) => process.stderr.write(`${line}\n`));
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    if (Object.keys(report.violations).length > 0) process.exitCode = 1;
  } catch (error) {
    // What fails after an interruption fails because of it.
    if (interruption.signal.aborted) throw new StartError('Interrupted: everything is removed.');
    throw error;
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}
