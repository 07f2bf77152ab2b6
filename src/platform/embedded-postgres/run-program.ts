import { spawn } from 'node:child_process';
import type { ServerAccount } from './server-account.js';

/** Time to read the last output of a program that has ended. */
const READ_WITHIN_MS = 1000;

/**
 * Runs one of PostgreSQL's programs to its end as the given account.
 * @returns its standard output and error.
 * @throws Error with that text when it ends with a code other than 0, or by a signal.
 */
export function runProgram(program: string, args: readonly string[], account: ServerAccount | null): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      // Not the current folder, which the account may be unable to enter.
      cwd: '/',
      env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...account,
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', reject);
    let patience: NodeJS.Timeout | undefined;
    child.on('exit', () => {
      // Some output may still be unread. A server that pg_ctl leaves behind may hold the pipes open.
      patience = setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
      }, READ_WITHIN_MS);
    });
    child.on('close', (code, signal) => {
      clearTimeout(patience);
      const how = signal === null ? `with code ${code}` : `by ${signal}`;
      if (code === 0) resolve(output);
      else reject(new Error(`${program} ended ${how}: ${output.trim()}`));
    });
  });
}
