import type { OnApplicationShutdown } from '@nestjs/common';
import type { AnalysisInput } from '../business-agent.js';
import type { AgentRunner } from './agent-runner.js';
import { ProcessPool } from './process-pool.js';

/** Asks each business agent in a process of its own, which is killed when it hangs; what is asked next finds a new one. */
export class ProcessRunner implements AgentRunner, OnApplicationShutdown {
  private readonly pools = new Map<string, ProcessPool>();

  /** @param file what the processes run. */
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

  /** An agent's processes are its own: whatever it leaves behind in one harms no other agent. */
  private poolOf(agent: string): ProcessPool {
    const known = this.pools.get(agent);
    if (known) return known;
    const pool = new ProcessPool(this.file);
    this.pools.set(agent, pool);
    return pool;
  }
}
