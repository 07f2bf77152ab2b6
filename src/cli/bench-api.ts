import type { BenchArguments } from '../../tools/bench/bench-arguments.js';
import { runBench } from '../../tools/bench/run-bench.js';
import { StartError } from '../platform/config/start-error.js';

/** `conclave bench:api`: the latency of the lists under load, as JSON; ends with 1 when the target is missed. */
export async function run(args: BenchArguments): Promise<void> {
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort();
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  try {
    const report = await runBench(args, interruption.signal, (line) => process.stderr.write(`${line}\n`));
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    if (!report.target.met) process.exitCode = 1;
  } catch (error) {
    // What fails after an interruption fails because of it.
    if (interruption.signal.aborted) throw new StartError('Interrupted: everything is removed.');
    throw error;
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}
