import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './eventually.js';

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process of the built program. */
export interface Program {
  readonly child: ChildProcess;
  /** Everything it has written so far, both streams. */
  output(): string;
  readonly ended: Promise<Ended>;
}

/**
 * Starts a file below dist/ with nothing of our environment but the PATH and what is given.
 * @param input for its standard input; none unless given.
 */
export function startProgram(
  file: string,
  args: readonly string[],
  env: Record<string, string>,
  input?: string,
): Program {
  const child = spawn(process.execPath, [join(ROOT, 'dist', file), ...args], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // A program that refuses its arguments reads nothing.
  child.stdin.on('error', () => undefined).end(input);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  return { child, output: () => stdout + stderr, ended };
}

/** Runs a program to its end. */
export function runProgram(file: string, args: readonly string[], env: Record<string, string>): Promise<Ended> {
  return startProgram(file, args, env).ended;
}

/** Starts `conclave COMMAND` with nothing of our environment but the PATH and what is given. */
export function startCommand(
  name: string,
  args: readonly string[],
  env: Record<string, string>,
  input?: string,
): Program {
  return startProgram('src/cli/conclave.js', [name, ...args], env, input);
}

/** Runs `conclave COMMAND` to its end. */
export function runCommand(
  name: string,
  args: readonly string[],
  env: Record<string, string>,
  input?: string,
): Promise<Ended> {
  return startCommand(name, args, env, input).ended;
}
