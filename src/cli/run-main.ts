import { spawn } from 'node:child_process';
import { StartError } from '../platform/config/start-error.js';

/**
 * Runs the main function of a program. A {@link StartError} prints its message to stderr and sets its exit code. Any
 * other error is a defect: it prints its stack, and the exit code is 1.
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

/**
 * Runs a Node script in a child process on this terminal until it ends. SIGTERM is forwarded; Ctrl-C reaches both
 * processes.
 * @returns its exit code; 1 when a signal ended it.
 */
export function runScript(path: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...process.execArgv, path, ...args], {
      stdio: 'inherit',
      env: { ...process.env, ...env },
    });
    process.on('SIGTERM', () => child.kill('SIGTERM')).on('SIGINT', () => undefined);
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}
