import { Inject, Injectable, Logger } from '@nestjs/common';
import type { NamedCatalogue } from '../domain/catalogue.js';
import { UnknownNameError } from '../domain/catalogue.js';
import { MarketDataDefect } from '../market-data/market-data-defect.js';
import type { Toolbox } from '../market-data/toolbox.js';
import type { AgentOutcome } from './agent-outcome.js';
import { checkedAnalysis, InvalidAnalysis } from './analysis-schema.js';
import type { AnalysisInput, BusinessAgent } from './business-agent.js';
import { BUSINESS_AGENTS } from './business-agents.catalogue.js';
import { withTimeout, TimedOut } from './with-timeout.js';

/** How long one agent may take. */
export const AGENT_TIMEOUT_MS = 30_000;

/** Errors of our own; their messages are stored and shown. */
const OWN_ERRORS: readonly [kind: new (...args: never[]) => Error, status: 'timeout' | 'failed', code: string][] = [
  [TimedOut, 'timeout', 'timeout'],
  [InvalidAnalysis, 'failed', 'invalid_output'],
  [UnknownNameError, 'failed', 'unknown_agent'],
  [MarketDataDefect, 'failed', 'agent_failed'],
];

interface AnalysisRequest {
  /** Names of the agents, in the definition's order. */
  readonly agents: readonly string[];
  readonly symbol: string;
  readonly at: Date;
  readonly toolbox: Toolbox;
}

type Verdict = Omit<AgentOutcome, 'agent_name' | 'mode' | 'degraded' | 'duration_ms'>;

/** Asks the business agents of a run. */
@Injectable()
export class BusinessAgentsService {
  private readonly logger = new Logger('business-agents');

  constructor(@Inject(BUSINESS_AGENTS) private readonly catalogue: NamedCatalogue<BusinessAgent>) {}

  /**
   * One outcome per name, in the order of the names; the agents work at the same time. Never throws: an
   * agent that is unknown, throws, answers nonsense or does not answer harms only itself, and never
   * becomes a neutral opinion.
   */
  async analyse({ agents, symbol, at, toolbox }: AnalysisRequest): Promise<AgentOutcome[]> {
    return Promise.all(agents.map((name) => this.outcomeOf(name, { symbol, at, tools: toolbox })));
  }

  private async outcomeOf(name: string, input: AnalysisInput): Promise<AgentOutcome> {
    const started = performance.now();
    const verdict = await this.ask(name, input).catch((error: unknown) => this.verdictOnError(name, error));
    return { agent_name: name, ...verdict, mode: 'rules', degraded: false, duration_ms: performance.now() - started };
  }

  private async ask(name: string, input: AnalysisInput): Promise<Verdict> {
    const agent = this.catalogue.get(name);
    if (!input.tools.isAgentActive(name)) {
      return nothingSaid('unavailable', 'agent_inactive', `The agent ${name} is switched off.`);
    }
    const analysis = checkedAnalysis(await withTimeout(agent.analyse(input), AGENT_TIMEOUT_MS));
    const { confidence, reasoning, factors, absent } = analysis;
    const said = { confidence, reasoning, details: { factors, absent } };
    if (!('unavailable' in analysis)) {
      const { score, signal, outputs } = analysis;
      const details = outputs ? { ...said.details, outputs } : said.details;
      return { status: 'success', score, signal, ...said, details, error: null };
    }
    const error = { code: analysis.unavailable, message: reasoning };
    return { status: 'unavailable', score: null, signal: null, ...said, error };
  }

  /** The message of foreign code can hold anything, such as a URL with a key in it: it goes to the log alone. */
  private verdictOnError(name: string, error: unknown): Verdict {
    for (const [kind, status, code] of OWN_ERRORS) {
      if (error instanceof kind) return nothingSaid(status, code, error.message);
    }
    this.logger.error(`${name} failed`, error instanceof Error ? error.stack : String(error));
    return nothingSaid('failed', 'agent_failed', 'The agent failed; the log has the cause.');
  }
}

function nothingSaid(status: AgentOutcome['status'], code: string, message: string): Verdict {
  return {
    status,
    score: null,
    signal: null,
    confidence: null,
    reasoning: null,
    details: { factors: [], absent: [] },
    error: { code, message },
  };
}
