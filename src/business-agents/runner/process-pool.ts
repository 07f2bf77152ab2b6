import { AgentProcess } from './agent-process.js';
import { AgentNotAsked } from './agent-runner.js';

/** An agent that nobody has asked for so long gives its memory back; most definitions run more often. */
const KEPT_FOR_MS = 15 * 60_000;
/** An answer takes milliseconds: so long the next one waits for the process before another is started beside it. */
const WAITS_FOR_MS = 1000;

/** The processes of one agent: one, and more only while it is slow or hangs. Each does one analysis at a time. */
export class ProcessPool {
  private readonly idle = new Map<AgentProcess, NodeJS.Timeout>();
  private readonly busy = new Set<AgentProcess>();
  private readonly waiting = new Set<() => void>();
  /** Works under way, those whose process is just starting among them. */
  private inUse = 0;
  private closed = false;

  constructor(private readonly file: URL) {}

  /**
   * What comes of `work` with a process that nobody else has. A process in which work failed is killed: whatever it is
   * at, the next work finds another.
   *
   * @throws AgentNotAsked when no process starts, or when the pool is closed before the work ends.
   */
  async use<T>(work: (process: AgentProcess) => Promise<T>): Promise<T> {
    if (this.inUse > 0 && this.idle.size === 0) await this.turn();
    this.inUse += 1;
    try {
      return await this.useOne(work);
    } finally {
      this.inUse -= 1;
      const [wakeNext] = this.waiting;
      wakeNext?.();
    }
  }

  /** Kills all processes, whatever they do. */
  async close(): Promise<void> {
    this.closed = true;
    for (const timer of this.idle.values()) clearTimeout(timer);
    await Promise.all([...this.idle.keys(), ...this.busy].map((process) => process.end()));
  }

  private async useOne<T>(work: (process: AgentProcess) => Promise<T>): Promise<T> {
    const process = this.takeIdle() ?? (await this.start());
    this.busy.add(process);
    try {
      this.refuseWhenClosed();
      const result = await work(process);
      this.keep(process);
      return result;
    } catch (error) {
      await process.end();
      // Work that we cut off ourselves is no failure of the agent.
      this.refuseWhenClosed();
      throw error;
    } finally {
      this.busy.delete(process);
    }
  }

  /** Resolves when another work ends, or when it takes too long. */
  private async turn(): Promise<void> {
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, WAITS_FOR_MS);
      this.waiting.add(wake);
    });
  }

  private takeIdle(): AgentProcess | null {
    for (const [process, timer] of this.idle) {
      clearTimeout(timer);
      this.idle.delete(process);
      if (!process.hasEnded) return process;
    }
    return null;
  }

  private async start(): Promise<AgentProcess> {
    this.refuseWhenClosed();
    return AgentProcess.start(this.file);
  }

  private keep(process: AgentProcess): void {
    const forget = (): void => {
      this.idle.delete(process);
      void process.end();
    };
    this.idle.set(process, setTimeout(forget, KEPT_FOR_MS).unref());
  }

  private refuseWhenClosed(): void {
    if (this.closed) throw new AgentNotAsked('The program is being stopped.');
  }
}
