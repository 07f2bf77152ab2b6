import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually, ROOT } from '../../support/eventually.js';

/** A start takes 3 s; on a machine that does other things too it may take its time. */
const READY_WITHIN_SECONDS = 180;
/** Longer than the program's own limit for running work. */
const STOP_WITHIN_MS = 40_000;

export interface ReplicaOptions {
  readonly name: string;
  /** Its log, both streams. */
  readonly logFile: string;
  readonly env: Readonly<Record<string, string>>;
  /** Arguments for Node itself, such as a module that is loaded before the program. */
  readonly nodeArgs?: readonly string[];
}

/** One process of the built program, as it runs for real. */
export class Replica {
  readonly name: string;
  private readonly child: ChildProcess;
  private exit: { code: number | null; signal: NodeJS.Signals | null } | null = null;
  private readonly end: Promise<void>;
  private paused = false;

  constructor(private readonly options: ReplicaOptions) {
    this.name = options.name;
    const log = openSync(options.logFile, 'a');
    this.child = spawn(
      process.execPath,
      [...(options.nodeArgs ?? []), '--enable-source-maps', join(ROOT, 'dist/src/main.js')],
      {
        cwd: join(options.logFile, '..'),
        env: { PATH: process.env['PATH'] ?? '', ...options.env },
        stdio: ['ignore', log, log],
        // A terminal's Ctrl-C is for us: we end it when we have looked at what it did.
        detached: true,
      },
    );
    closeSync(log);
    this.end = new Promise((resolve, reject) => {
      this.child.on('error', reject);
      this.child.on('close', (code, signal) => {
        this.exit = { code, signal };
        resolve();
      });
    });
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** How it ended; null while it runs. */
  get ended(): { code: number | null; signal: NodeJS.Signals | null } | null {
    return this.exit;
  }

  /** `http://127.0.0.1:<port>` once it is ready. */
  get url(): string {
    const url = this.log.match(/ready at (http:\/\/\S+)/)?.[1];
    if (!url) throw new Error(`${this.name} is not ready.\n${this.log}`);
    return url;
  }

  get hasBeenReady(): boolean {
    return this.log.includes('ready at http');
  }

  /** Whether it has been ready, and neither ended nor was frozen since. */
  get isServing(): boolean {
    return this.exit === null && !this.paused && this.hasBeenReady;
  }

  get log(): string {
    return existsSync(this.options.logFile) ? readFileSync(this.options.logFile, 'utf8') : '';
  }

  /** The end of its log, a short line for each of its lines. */
  logTail(lines: number): string[] {
    return this.log.trim().split('\n').slice(-lines).map(shortened);
  }

  /** Resolves when it serves; rejects with its log when it ends before. */
  async ready(): Promise<void> {
    await eventually(
      `${this.name} is ready`,
      async () => {
        if (this.exit) throw new Error(`${this.name} ended (${JSON.stringify(this.exit)}).\n${this.log}`);
        return this.hasBeenReady ? true : null;
      },
      READY_WITHIN_SECONDS,
    );
  }

  /** Ends it at once, as the kernel does when memory runs out. */
  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.end;
  }

  /** Stops it in the middle of whatever it does, as a laptop's lid or a stalled disk does. */
  freeze(): void {
    this.paused = true;
    this.signal('SIGSTOP');
  }

  thaw(): void {
    this.paused = false;
    this.signal('SIGCONT');
  }

  /** Asks it to end, and waits. @returns how it ended. @throws Error when it does not within 40 s. */
  async terminate(): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
    if (this.paused) this.thaw();
    this.signal('SIGTERM');
    let tooLate = false;
    const timer = setTimeout(() => {
      tooLate = true;
      this.signal('SIGKILL');
    }, STOP_WITHIN_MS);
    await this.end;
    clearTimeout(timer);
    if (tooLate) throw new Error(`${this.name} did not end within ${STOP_WITHIN_MS / 1000} s of SIGTERM.`);
    return this.exit!;
  }

  private signal(signal: NodeJS.Signals): void {
    if (this.exit === null) this.child.kill(signal);
  }
}

/** A line of JSON as a person reads it: time, what, why. */
function shortened(line: string): string {
  if (!line.startsWith('{')) return line;
  const { time, level, msg, err } = JSON.parse(line) as Record<string, unknown> & { err?: { message?: string } };
  return `${String(time)} ${String(level)} ${String(msg)}${err?.message ? `: ${err.message}` : ''}`.slice(0, 300);
}
