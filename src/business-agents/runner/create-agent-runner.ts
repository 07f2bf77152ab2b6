import type { NamedCatalogue } from '../../domain/catalogue.js';
import type { AppConfig } from '../../platform/config/app-config.js';
import type { BusinessAgent } from '../business-agent.js';
import type { Analyst } from './agent-runner.js';
import { InProcessAnalyst } from './in-process-runner.js';
import { ProcessAnalyst } from './process-runner.js';

/**
 * Injection token of the file that the agents' processes run, as a URL; null: agents are asked in this process. The
 * program's own unless the root module provides another one globally.
 */
export const AGENT_HOST = Symbol('AGENT_HOST');

export function chooseAnalyst(
  config: AppConfig,
  catalogue: NamedCatalogue<BusinessAgent>,
  host: URL | null = new URL('./agent-host.js', import.meta.url),
): Analyst {
  if (host === null) return new InProcessAnalyst(catalogue, config.agentTimeoutMs);
  return new ProcessAnalyst(host, config.agentTimeoutMs);
}
