import { StartError } from '../platform/config/start-error.js';

/**
 * Runs a program's main function. What the operator can mend is one line on the error output and the
 * exit code of the {@link StartError}; anything else is a defect and keeps its stack, exit code 1.
 */
export async function runMain(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    if (error instanceof StartError) {
      process.stderr.write(`${error.message}\n`);
      process.exitCode = error.exitCode;
    } else {
      process.stderr.write(`${(error as Error).stack ?? String(error)}\n`);
      process.exitCode = 1;
    }
  }
}
