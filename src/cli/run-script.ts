import { spawn } from 'node:child_process';

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
