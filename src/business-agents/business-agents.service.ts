import { Inject, Injectable } from '@nestjs/common';
import type { NamedCatalogue } from '../domain/catalogue.js';
import { UnknownNameError } from '../domain/catalogue.js';
import type { Toolbox } from '../market-data/toolbox.js';
import type { AgentOutcome } from './agent-outcome.js';
import { checkedAnalysis, InvalidAnalysis } from './analysis-schema.js';
import type { AnalysisInput, BusinessAgent } from './business-agent.js';
import { BUSINESS_AGENTS } from './business-agents.catalogue.js';
import { withTimeout, TimedOut } from './with-timeout.js';

/** How long one agent may take. */
export const AGENT_TIMEOUT_MS = 30_000;

/** Messages of foreign errors are stored; nobody reads more than this. */
const MAX_MESSAGE_LENGTH = 500;

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
    const verdict = await this.ask(name, input).catch(verdictOnError);
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
      return { status: 'success', score: analysis.score, signal: analysis.signal, ...said, error: null };
    }
    const error = { code: analysis.unavailable, message: reasoning };
    return { status: 'unavailable', score: null, signal: null, ...said, error };
  }
}

function verdictOnError(error: unknown): Verdict {
  const message = (error instanceof Error ? error.message : String(error)).slice(0, MAX_MESSAGE_LENGTH);
  if (error instanceof TimedOut) return nothingSaid('timeout', 'timeout', message);
  if (error instanceof InvalidAnalysis) return nothingSaid('failed', 'invalid_output', message);
  if (error instanceof UnknownNameError) return nothingSaid('failed', 'unknown_agent', message);
  return nothingSaid('failed', 'agent_failed', message);
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
