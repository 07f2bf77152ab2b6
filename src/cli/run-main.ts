import { spawn } from 'node:child_process';
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

/**
 * Runs a script of Node in a process of its own, with our terminal, to its end. A SIGTERM is handed on; a Ctrl-C reaches
 * both. @returns its exit code.
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
