import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../../src/platform/config/start-error.js';

const MAIN = join(import.meta.dirname, '..', '..', 'src', 'main.js');
const START_MS = 60_000;
const STOP_MS = 10_000;

/** The program as a process of its own, as it runs for real. */
export interface ProgramProcess {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly pid: number;
  /** `http://127.0.0.1:<port>/metrics` */
  readonly metricsUrl: string;
  /** Ends it in order, after 10 s by force. A second call does nothing. */
  stop(): Promise<void>;
}

export interface ProgramOptions {
  readonly role: 'api' | 'worker';
  readonly databaseUrl: string;
  /** Its working folder, so that no `.env` of the caller's counts. Its log goes to a file there. */
  readonly folder: string;
  /** Folder for a CPU profile that is written when it ends; null: none. */
  readonly profile: string | null;
  /** Settings besides. */
  readonly settings?: Readonly<Record<string, string>>;
}

/**
 * Starts the program on a free port of the loopback interface.
 * @throws StartError with what it printed when it does not get ready.
 */
export async function startProgram(options: ProgramOptions): Promise<ProgramProcess> {
  const { role, databaseUrl, folder, profile } = options;
  const profiling = profile === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
  const log = openSync(join(folder, `${role}.log`), 'a');
  const child = spawn(process.execPath, [...profiling, '--enable-source-maps', MAIN], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'] ?? '',
      NODE_ENV: 'production',
      APP_ROLE: role,
      PORT: '0',
      METRICS_PORT: '0',
      // Limits stay at work, but one caller may send what a bench sends.
      RATE_LIMIT_PER_MINUTE: '1000000',
      RATE_LIMIT_ANONYMOUS_PER_MINUTE: '100000',
      DATABASE_URL: databaseUrl,
      DATA_DIR: folder,
      JWT_SECRET: randomBytes(48).toString('base64url'),
      ENCRYPTION_KEYS: `${randomBytes(32).toString('base64url')}=`,
      ...options.settings,
    },
    stdio: ['ignore', log, 'pipe'],
    // Ctrl-C reaches the whole group of a terminal: the bench ends it when it has stopped asking.
    detached: true,
  });
  closeSync(log);
  const ended = new Promise<void>((resolve) => {
    child.on('close', () => resolve());
  });
  async function stop(): Promise<void> {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    const force = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await ended;
    clearTimeout(force);
  }
  const ready = new Promise<{ url: string; metricsUrl: string }>((resolve, reject) => {
    let printed = '';
    child.on('error', reject);
    child.on('close', () => reject(new StartError(`The server ended: ${printed.trim()}`)));
    child.stderr!.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      const url = /ready at (http:\/\/\S+)/.exec(printed)?.[1];
      const metricsUrl = /Metrics: (http:\/\/\S+)\n/.exec(printed)?.[1];
      if (url && metricsUrl) resolve({ url, metricsUrl });
    });
    setTimeout(() => reject(new StartError(`The server is not ready: ${printed.trim()}`)), START_MS).unref();
  });
  try {
    return { ...(await ready), pid: child.pid!, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
