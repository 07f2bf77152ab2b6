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

/** An answer that takes longer is not waited for. */
const LONGEST_MS = 20_000;
/** Of the time of an agent, rules and model together: the rest is for what comes after. */
const SHARE_OF_TIME = 0.9;
/** So long after its time a call without an answer is somebody's who is gone. */
const GRACE_MS = 2000;
const LOOK_EVERY_MS = 200;
/** What came of a question is stored within this time, also over a short absence of the database; else it is lost. */
const STORE_WITHIN_MS = 60_000;
const STORE_AGAIN_MS = 250;

/** What a language model makes of an analysis, or why it makes nothing of it. */
export type Review =
  | {
      readonly analysis: Analysis;
      readonly details: RefinementDetails;
      readonly llm: LlmUse;
    }
  | { readonly failure: LlmFailure; readonly llm: LlmUse };

/** A call that is over. */
interface Heard {
  readonly callId: string | null;
  readonly heard: Verdict | LlmFailure;
  readonly tokens: number | null;
  readonly cost: Money;
}

/** Lets language models look over what the rules say, where an administrator wants that. */
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

  /** Of the agents that are to be looked over, by name. */
  settings(): Promise<ReadonlyMap<string, LlmSettings>> {
    return this.registry.llmSettings();
  }

  /**
   * Asks about an analysis, within the agent's time. What has been answered once is not asked again, in any process.
   * @param spentMs what the rules took of the agent's time.
   * @throws the database's failures alone: what the model does wrong is a review, too.
   */
  async of(
    agent: BusinessAgent,
    symbol: string,
    analysis: Analysis,
    settings: LlmSettings,
    spentMs: number,
  ): Promise<Review> {
    const timeMs = Math.min(LONGEST_MS, this.config.agentTimeoutMs * SHARE_OF_TIME - spentMs);
    const { callId, heard, tokens, cost } = await this.hear(agent, symbol, analysis, settings, timeMs);
    const { provider, model } = settings;
    const llm = { callId, provider, model, tokens, cost: toText(cost) };
    if (heard instanceof LlmFailure) return { failure: heard, llm };
    return { ...moved(agent, analysis, heard), llm };
  }

  private async hear(
    agent: BusinessAgent,
    symbol: string,
    analysis: Analysis,
    settings: LlmSettings,
    timeMs: number,
  ): Promise<Heard> {
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

  /** The call when it is over, or as it stands when its time or ours is. */
  private async over(call: CallState, deadline: number): Promise<CallState> {
    let present = call;
    while (present.status === 'asked' && present.expires_at > this.clock.now() && performance.now() < deadline) {
      await sleep(LOOK_EVERY_MS);
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
  ): Promise<Heard> {
    const ending = await this.provider.ask(question, settings, timeoutMs).then(
      ({ verdict, text, cost }) => ({ verdict, failure: null, text, told: cost }),
      (error: unknown) => {
        if (!(error instanceof LlmFailure)) throw error;
        return { verdict: null, failure: error, text: error.answer, told: error.cost };
      },
    );
    const cost = actualCost(ending.told, reserved, settings);
    const heard = await this.keep(callId, { ...ending, cost });
    return { callId, heard, tokens: tokensOf(ending.told), cost: cost.amount };
  }

  /**
   * Stores what came of a question, again and again while that fails: it may have been paid for, and would be again.
   * @returns what is stored: somebody else's failure when the question had been given up meanwhile.
   */
  private async keep(callId: string, ending: CallEnding): Promise<Verdict | LlmFailure> {
    const until = performance.now() + STORE_WITHIN_MS;
    for (;;) {
      try {
        const kept = await this.calls.end(callId, ending, this.clock.now());
        if (kept) return (ending.verdict ?? ending.failure)!;
        // Given up; or stored by an attempt of which we heard nothing.
        const { verdict, error } = await this.calls.state(callId);
        return verdict ?? new LlmFailure(error!.code, error!.detail, 'nothing');
      } catch (error) {
        if (performance.now() > until) throw error;
        this.logger.warn(`What came of ${callId} is not stored yet: ${(error as Error).message}`);
        await sleep(STORE_AGAIN_MS);
      }
    }
  }
}

/** What cost this analysis nothing. */
function free(callId: string | null, heard: Verdict | LlmFailure): Heard {
  return { callId, heard, tokens: 0, cost: new Money(0) };
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
