import type { NamedCatalogue } from '../../domain/catalogue.js';
import type { AppConfig } from '../../platform/config/app-config.js';
import type { BusinessAgent } from '../business-agent.js';
import type { AgentRunner } from './agent-runner.js';
import { InProcessRunner } from './in-process-runner.js';
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
