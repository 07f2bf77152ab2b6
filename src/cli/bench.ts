import type { BenchArguments } from '../../tools/bench/bench-arguments.js';
import { runLoginBench } from '../../tools/bench/login/run-login-bench.js';
import { runBench } from '../../tools/bench/run-bench.js';
import type { RunsBenchArguments } from '../../tools/bench/runs/runs-bench-arguments.js';
import { benchRuns } from '../../tools/bench/runs/runs-bench.js';
import { measureStorage } from '../../tools/bench/storage/measure-storage.js';
import type { StorageArguments } from '../../tools/bench/storage/storage-arguments.js';
import { storageText } from '../../tools/bench/storage/storage-text.js';
import { StartError } from '../platform/config/start-error.js';

/** `conclave bench`: the cost of a run compared with plain bulk SQL. Exit code 1 when an invariant is violated. */
export async function benchOfRuns(args: RunsBenchArguments): Promise<void> {
  const report = await untilInterrupted((signal) => benchRuns(args, signal, progress));
  if (Object.keys(report.violations).length > 0) process.exitCode = 1;
}

/** `conclave bench:api`: the latency of the lists under load. Exit code 1 when the target is missed. */
export async function benchOfApi(args: BenchArguments): Promise<void> {
  const report = await untilInterrupted((signal) => runBench(args, signal, progress));
  if (!report.target.met) process.exitCode = 1;
}

/** `conclave bench:login`: what 200 sign-ins from one address cost the other requests. */
export async function benchOfLogin(): Promise<void> {
  await untilInterrupted((signal) => runLoginBench(signal, progress));
}

/** `conclave storage:measure`: bytes per row of the tables that runs write, on a throw-away database. */
export async function benchOfStorage(args: StorageArguments): Promise<void> {
  const report = await measureStorage(args, progress);
  process.stdout.write(args.json ? `${JSON.stringify(report, null, 2)}\n` : storageText(report));
}

function progress(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Prints the report of a measurement as JSON. @throws StartError when Ctrl-C or SIGTERM interrupted it. */
async function untilInterrupted<Report>(measure: (signal: AbortSignal) => Promise<Report>): Promise<Report> {
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort();
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  try {
    const report = await measure(interruption.signal);
    interruption.signal.throwIfAborted();
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    return report;
  } catch (error) {
    // Any error after an interruption is a consequence of it.
    if (interruption.signal.aborted) throw new StartError('Interrupted: everything is removed.');
    throw error;
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}
