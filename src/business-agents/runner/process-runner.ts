import type { OnApplicationShutdown } from '@nestjs/common';
import type { NamedCatalogue } from '../../domain/catalogue.js';
import type { AppConfig } from '../../platform/config/app-config.js';
import type { AnalysisInput, BusinessAgent } from '../business-agent.js';
import { AgentProcess } from './agent-process.js';
import { type AgentRunner, AgentNotAsked, withTimeout } from './agent-runner.js';

/** An idle process ends after this time to free its memory; most definitions run more often. */
const IDLE_TIMEOUT_MS = 15 * 60_000;
/** Answers take milliseconds, so the next caller waits this long for a process before it starts another. */
const WAITS_FOR_MS = 1000;

/** The processes of one agent: one, and more only while it is slow or hangs. Each runs one analysis at a time. */
class ProcessPool {
  private readonly idle = new Map<AgentProcess, NodeJS.Timeout>();
  private readonly busy = new Set<AgentProcess>();
  private readonly waiting = new Set<() => void>();
  /** Number of running analyses, including those whose process is starting. */
  private inUse = 0;
  private closed = false;

  constructor(private readonly file: URL) {}

  /**
   * Runs `work` with a process of its own. If the work fails, its process is killed and the next work gets another.
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

  /** Kills all processes at once. */
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
      this.park(process);
      return result;
    } catch (error) {
      await process.end();
      // Work that the shutdown cut off is not a failure of the agent.
      this.refuseWhenClosed();
      throw error;
    } finally {
      this.busy.delete(process);
    }
  }

  /** Resolves when other work ends, or after {@link WAITS_FOR_MS}. */
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

  private park(process: AgentProcess): void {
    const expire = (): void => {
      this.idle.delete(process);
      void process.end();
    };
    this.idle.set(process, setTimeout(expire, IDLE_TIMEOUT_MS).unref());
  }

  private refuseWhenClosed(): void {
    if (this.closed) throw new AgentNotAsked('The program is being stopped.');
  }
}

/**
 * Runs each business agent in a process of its own and kills the process when it hangs; the next call starts a new one.
 */
export class ProcessRunner implements AgentRunner, OnApplicationShutdown {
  private readonly pools = new Map<string, ProcessPool>();

  /** @param file the script of the processes. */
  constructor(
    private readonly file: URL,
    private readonly timeoutMs: number,
  ) {}

  async ask(agent: string, input: AnalysisInput): Promise<unknown> {
    return this.poolOf(agent).use((process) => process.ask(agent, input, this.timeoutMs));
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.pools.values()].map((pool) => pool.close()));
  }

  /** Agents do not share processes, so leftovers of one cannot affect another. */
  private poolOf(agent: string): ProcessPool {
    const known = this.pools.get(agent);
    if (known) return known;
    const pool = new ProcessPool(this.file);
    this.pools.set(agent, pool);
    return pool;
  }
}

/**
 * Injection token of the script URL of the agents' processes; null: agents run in this process. The program's own
 * script unless the root module provides another one globally.
 */
export const AGENT_HOST = Symbol('AGENT_HOST');

export function createAgentRunner(
  config: AppConfig,
  catalogue: NamedCatalogue<BusinessAgent>,
  host: URL | null = new URL('./agent-host.js', import.meta.url),
): AgentRunner {
  if (host === null) return new InProcessRunner(catalogue, config.agentTimeoutMs);
  return new ProcessRunner(host, config.agentTimeoutMs);
}

/**
 * Runs agents in this process, for commands that a person runs and can stop: an agent that waits too long times out,
 * but a busy loop blocks the command.
 */
export class InProcessRunner implements AgentRunner {
  constructor(
    private readonly catalogue: NamedCatalogue<BusinessAgent>,
    private readonly timeoutMs: number,
  ) {}

  async ask(agent: string, input: AnalysisInput): Promise<unknown> {
    return withTimeout(this.catalogue.get(agent).analyse(input), this.timeoutMs);
  }
}
