import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { type Analysis } from '../../domain/analysis/analysis.js';
import { type Clock, CLOCK } from '../../domain/clock.js';
import { Money, toText } from '../../domain/money/decimal.js';
import { CONFIG, type AppConfig } from '../../platform/config/app-config.js';
import type { LlmSettings } from '../../registry/llm-settings.js';
import { RegistryService } from '../../registry/registry.service.js';
import type { LlmUse, RefinementDetails } from '../agent-outcome.js';
import type { BusinessAgent } from '../business-agent.js';
import { actualCost, largestCost } from './completion.js';
import { LlmCallStore, type CallEnding, type CallState } from './llm-call.store.js';
import { LlmFailure } from './llm-failure.js';
import { LlmProvider } from './llm-provider.js';
import { questionOf, type Question } from './question.js';
import { refined, type Verdict } from '../../domain/analysis/score.js';

/** Upper limit for one answer. */
const LONGEST_MS = 20_000;
/** Share of an agent's time for rules and model together; the rest is for processing the result. */
const SHARE_OF_TIME = 0.9;
/** A call without an answer this long after its deadline belongs to a process that has died. */
const GRACE_MS = 2000;
const POLL_EVERY_MS = 200;
/**
 * Storing a result is retried for this long, which covers a short outage of the database; after that the result is
 * lost.
 */
const STORE_WITHIN_MS = 60_000;
const STORE_AGAIN_MS = 250;

/** A language model's review of an analysis, or the reason for its absence. */
export type Review =
  | {
      readonly analysis: Analysis;
      readonly details: RefinementDetails;
      readonly llm: LlmUse;
    }
  | { readonly failure: LlmFailure; readonly llm: LlmUse };

/** A finished call. */
interface CallResult {
  readonly callId: string | null;
  readonly result: Verdict | LlmFailure;
  readonly tokens: number | null;
  readonly cost: Money;
}

/** Lets language models review the results of the rules, for agents in LLM mode. */
@Injectable()
export class LlmReview {
  private readonly logger = new Logger('llm');

  constructor(
    private readonly registry: RegistryService,
    private readonly calls: LlmCallStore,
    private readonly provider: LlmProvider,
    @Inject(CONFIG) private readonly config: AppConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Settings of the agents in LLM mode, by name. */
  settings(): Promise<ReadonlyMap<string, LlmSettings>> {
    return this.registry.llmSettings();
  }

  /**
   * Reviews an analysis within the agent's time. A question that any process has had answered is not asked again.
   *
   * @param spentMs the part of the agent's time that the rules used.
   * @throws only database errors: a failure of the model is a review, too.
   */
  async of(
    agent: BusinessAgent,
    symbol: string,
    analysis: Analysis,
    settings: LlmSettings,
    spentMs: number,
  ): Promise<Review> {
    const timeMs = Math.min(LONGEST_MS, this.config.agentTimeoutMs * SHARE_OF_TIME - spentMs);
    const { callId, result, tokens, cost } = await this.resultOf(agent, symbol, analysis, settings, timeMs);
    const { provider, model } = settings;
    const llm = { callId, provider, model, tokens, cost: toText(cost) };
    if (result instanceof LlmFailure) return { failure: result, llm };
    return { ...moved(agent, analysis, result), llm };
  }

  private async resultOf(
    agent: BusinessAgent,
    symbol: string,
    analysis: Analysis,
    settings: LlmSettings,
    timeMs: number,
  ): Promise<CallResult> {
    const deadline = performance.now() + timeMs;
    let question: Question;
    try {
      question = questionOf(agent, symbol, analysis, settings);
    } catch (error) {
      if (!(error instanceof LlmFailure)) throw error;
      return free(null, error);
    }
    const reserved = largestCost(question, settings);
    let callId: string | null = null;
    for (;;) {
      const leftMs = deadline - performance.now();
      if (leftMs <= 0) return free(callId, new LlmFailure('llm_timed_out', 'No time was left.', 'nothing'));
      const now = this.clock.now();
      const expiresAt = new Date(now.getTime() + leftMs + GRACE_MS);
      const claim = await this.calls.claim(agent.name, question, settings, reserved, now, expiresAt);
      if (claim.kind === 'budget_spent') {
        return free(null, new LlmFailure('llm_budget_spent', 'The budget of the day is spent.', 'nothing'));
      }
      if (claim.kind === 'in_between') continue;
      if (claim.kind === 'mine') return this.ask(claim.id, question, settings, reserved, leftMs);
      callId = claim.call.id;
      const call = await this.over(claim.call, deadline);
      if (call.verdict) return free(callId, call.verdict);
      if (call.error) return free(callId, new LlmFailure(call.error.code, call.error.detail, 'nothing'));
    }
  }

  /** Polls until the call is finished or expired, or our deadline has passed; returns its latest state. */
  private async over(call: CallState, deadline: number): Promise<CallState> {
    let present = call;
    while (present.status === 'asked' && present.expires_at > this.clock.now() && performance.now() < deadline) {
      await sleep(POLL_EVERY_MS);
      present = await this.calls.state(call.id);
    }
    return present;
  }

  private async ask(
    callId: string,
    question: Question,
    settings: LlmSettings,
    reserved: Money,
    timeoutMs: number,
  ): Promise<CallResult> {
    const ending = await this.provider.ask(question, settings, timeoutMs).then(
      ({ verdict, text, cost }) => ({ verdict, failure: null, text, told: cost }),
      (error: unknown) => {
        if (!(error instanceof LlmFailure)) throw error;
        return { verdict: null, failure: error, text: error.answer, told: error.cost };
      },
    );
    const cost = actualCost(ending.told, reserved, settings);
    const result = await this.store(callId, { ...ending, cost });
    return { callId, result, tokens: tokensOf(ending.told), cost: cost.amount };
  }

  /**
   * Stores the result of a call and retries on failure: the result may have been paid for, and would have to be paid
   * again.
   *
   * @returns the stored result, which is a failure if another process had given up the call.
   */
  private async store(callId: string, ending: CallEnding): Promise<Verdict | LlmFailure> {
    const until = performance.now() + STORE_WITHIN_MS;
    for (;;) {
      try {
        const stored = await this.calls.end(callId, ending, this.clock.now());
        if (stored) return (ending.verdict ?? ending.failure)!;
        // The call was given up, or an earlier attempt stored the result although it seemed to fail.
        const { verdict, error } = await this.calls.state(callId);
        return verdict ?? new LlmFailure(error!.code, error!.detail, 'nothing');
      } catch (error) {
        if (performance.now() > until) throw error;
        this.logger.warn(`Could not store the result of call ${callId}, retrying: ${(error as Error).message}`);
        await sleep(STORE_AGAIN_MS);
      }
    }
  }
}

/** A result without cost for this analysis. */
function free(callId: string | null, result: Verdict | LlmFailure): CallResult {
  return { callId, result, tokens: 0, cost: new Money(0) };
}

function tokensOf(told: CallEnding['told']): number | null {
  if (told === 'nothing') return 0;
  return told === 'unknown' ? null : told.prompt + told.completion;
}

function moved(
  agent: BusinessAgent,
  rules: Analysis,
  verdict: Verdict,
): { readonly analysis: Analysis; readonly details: RefinementDetails } {
  const { score, signal, confidence, limits } = refined(rules, verdict);
  const analysis = { ...rules, score, signal, confidence, reasoning: verdict.reasoning };
  const outputs = agent.restate?.(analysis);
  return {
    analysis: outputs ? { ...analysis, outputs } : analysis,
    details: {
      rules_score: rules.score,
      rules_confidence: rules.confidence,
      rules_reasoning: rules.reasoning,
      answered_score: verdict.score,
      answered_confidence: verdict.confidence,
      limits,
    },
  };
}
