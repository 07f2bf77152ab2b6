import type { NamedCatalogue } from '../../domain/catalogue.js';
import type { AppConfig } from '../../platform/config/app-config.js';
import type { BusinessAgent, AnalysisInput } from '../business-agent.js';
import { type AgentRunner, withTimeout } from './agent-runner.js';
import { ProcessRunner } from './process-runner.js';
/**
 * Injection token of the file that the agents' processes run, as a URL; null: agents are asked in this process. The
 * program's own unless the root module provides another one globally.
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
 * Asks agents in this process, for commands that one person runs and can stop: an agent that waits in vain is given up,
 * but one in a busy loop holds the command up.
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
