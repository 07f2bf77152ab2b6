import type { NamedCatalogue } from '../../domain/catalogue.js';
import type { AnalysisInput, BusinessAgent } from '../business-agent.js';
import type { AgentRunner } from './agent-runner.js';
import { withTimeout } from './with-timeout.js';

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
