import { runLoginBench } from '../../tools/bench/login/run-login-bench.js';
import { StartError } from '../platform/config/start-error.js';

/** `conclave bench:login`: what 200 sign-ins from one address cost the other requests, as JSON. */
export async function run(): Promise<void> {
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort();
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  try {
    const report = await runLoginBench(interruption.signal, (line) => process.stderr.write(`${line}\n`));
    if (interruption.signal.aborted) throw new StartError('Interrupted: everything is removed.');
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}
