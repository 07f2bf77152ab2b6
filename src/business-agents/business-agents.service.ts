import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Analysis } from '../domain/analysis/analysis.js';
import type { NamedCatalogue } from '../domain/catalogue.js';
import { UnknownNameError } from '../domain/catalogue.js';
import type { FailureCode } from '../domain/failure-codes.js';
import { MarketDataDefect } from '../market-data/market-data-errors.js';
import type { Toolbox } from '../market-data/toolbox.js';
import type { LlmSettings } from '../registry/llm-settings.js';
import type { AgentOutcome } from './agent-outcome.js';
import { checkedAnalysis, InvalidAnalysis } from './analysis-schema.js';
import type { BusinessAgent } from './business-agent.js';
import { BUSINESS_AGENTS } from './business-agents.catalogue.js';
import { LlmReview } from './llm/llm-review.service.js';
import { AGENT_RUNNER, type AgentRunner, AgentCrashed, AgentNotAsked, TimedOut } from './runner/agent-runner.js';

/** Our own errors; their messages are stored and shown. */
const OWN_ERRORS: readonly [kind: new (...args: never[]) => Error, status: 'timeout' | 'failed', code: FailureCode][] =
  [
    [TimedOut, 'timeout', 'timeout'],
    [AgentCrashed, 'failed', 'agent_crashed'],
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
  /** Called and awaited for each outcome as soon as it exists. */
  readonly onOutcome?: (outcome: AgentOutcome) => Promise<void>;
}

type Verdict = Omit<AgentOutcome, 'agent_name' | 'duration_ms'>;
/** Decided by the rules alone. */
const BY_RULES = { mode: 'rules', degraded: false } as const;

@Injectable()
export class BusinessAgentsService {
  private readonly logger = new Logger('business-agents');

  constructor(
    @Inject(BUSINESS_AGENTS) private readonly catalogue: NamedCatalogue<BusinessAgent>,
    @Inject(AGENT_RUNNER) private readonly runner: AgentRunner,
    @Inject(LlmReview) private readonly review: Pick<LlmReview, 'settings' | 'of'>,
  ) {}

  /**
   * Returns one outcome per name, in the order of the names; the agents run concurrently. An agent that is unknown,
   * throws, returns invalid output, hangs or crashes its process affects only its own outcome, and never becomes a
   * neutral opinion. In LLM mode, a language model reviews the result of the rules.
   *
   * @throws AgentNotAsked when an agent could not be called at all, which is not its failure; retry later.
   * @throws the error of `onOutcome`. The other agents continue, and their outcomes are still reported.
   */
  async analyse(request: AnalysisRequest): Promise<AgentOutcome[]> {
    const settings = await this.review.settings();
    return Promise.all(request.agents.map((name) => this.outcomeOf(name, request, settings.get(name) ?? null)));
  }

  private async outcomeOf(name: string, request: AnalysisRequest, settings: LlmSettings | null): Promise<AgentOutcome> {
    const started = performance.now();
    const said = await this.ask(name, request).catch((error: unknown) => this.verdictOnError(name, error));
    const verdict =
      'status' in said ? said : await this.reviewed(name, request, said, settings, performance.now() - started);
    const duration_ms = performance.now() - started;
    const outcome: AgentOutcome = { agent_name: name, ...verdict, duration_ms };
    await request.onOutcome?.(outcome);
    return outcome;
  }

  /** An analysis, or the reason for its absence. */
  private async ask(name: string, { symbol, at, toolbox }: AnalysisRequest): Promise<Analysis | Verdict> {
    // Refuses an unknown name before a process starts for it.
    this.catalogue.get(name);
    if (!toolbox.isAgentActive(name)) {
      return nothingSaid('unavailable', 'agent_inactive', `The agent ${name} is switched off.`);
    }
    const analysis = checkedAnalysis(await this.runner.ask(name, { symbol, at, tools: toolbox }));
    if (!('unavailable' in analysis)) return analysis;
    const { confidence, reasoning, factors, absent, unavailable } = analysis;
    const nothing = nothingSaid('unavailable', unavailable, reasoning);
    return { ...nothing, confidence, reasoning, details: { factors, absent } };
  }

  private async reviewed(
    name: string,
    { symbol }: AnalysisRequest,
    analysis: Analysis,
    settings: LlmSettings | null,
    spentMs: number,
  ): Promise<Verdict> {
    if (!settings) return { ...success(analysis), ...BY_RULES };
    const review = await this.review.of(this.catalogue.get(name), symbol, analysis, settings, spentMs);
    const { llm } = review;
    if ('failure' in review) {
      const { code, message, detail } = review.failure;
      this.logger.warn(`${name}: ${code}: ${detail}`);
      return { ...success(analysis), mode: 'rules', degraded: true, llm, error: { code, message } };
    }
    const { details, ...rest } = success(review.analysis);
    return { ...rest, details: { ...details, llm: review.details }, mode: 'llm', degraded: false, llm };
  }

  /** The message of a foreign error can contain anything, such as a URL with a key, so only the log gets it. */
  private verdictOnError(name: string, error: unknown): Verdict {
    if (error instanceof AgentNotAsked) throw error;
    for (const [kind, status, code] of OWN_ERRORS) {
      if (error instanceof kind) return nothingSaid(status, code, error.message);
    }
    this.logger.error(`${name} failed`, error instanceof Error ? error.stack : String(error));
    return nothingSaid('failed', 'agent_failed', 'The agent failed; the log has the cause.');
  }
}

function success(analysis: Analysis): Omit<Verdict, 'mode' | 'degraded'> {
  const { score, signal, confidence, reasoning, factors, absent, outputs } = analysis;
  const details = outputs ? { factors, absent, outputs } : { factors, absent };
  return { status: 'success', score, signal, confidence, reasoning, details, error: null };
}

function nothingSaid(status: AgentOutcome['status'], code: FailureCode, message: string): Verdict {
  return {
    status,
    score: null,
    signal: null,
    confidence: null,
    reasoning: null,
    details: { factors: [], absent: [] },
    ...BY_RULES,
    error: { code, message },
  };
}
