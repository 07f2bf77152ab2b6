import { setImmediate as othersFirst } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { RequestCutoff } from '../../decision-agents/cutoff/request-cutoff.js';
import type { NamedCatalogue } from '../../domain/catalogue.js';
import type { DecisionAnswer } from '../../domain/decision/check-decision.js';
import { contextMaker, type InstanceInput, frozen } from '../../domain/decision/context-maker.js';
import { type DecisionAgent, decisionChannelOf, DECISION_AGENTS } from '../../domain/decision/decision-agent.js';
import type { DecisionChannel, DecisionContext } from '../../domain/decision/decision.js';
import { DecisionFault } from '../../domain/fault.js';
import { CONFIG, type AppConfig } from '../../platform/config/app-config.js';
import { NotFound } from '../../platform/http/problems/app-errors.js';
import { TRADE_CHANNELS, type TradeChannel } from '../../trading/channels/trade-channel.js';
import { ConvictionStore, type ConvictionFilter, type DecisionBasisRow, type SeenRow } from './conviction.store.js';

/** Conviction of a run for an instance without a position and with the definition's default params. */
export class ConvictionView {
  @ApiProperty({ description: 'Id of the run.', format: 'uuid', example: '019a9c2e-7c00-7000-8000-000000000001' })
  run_id!: string;

  @ApiProperty({ description: 'Scheduled time of the run.', format: 'date-time', example: '2026-01-15T12:00:00.000Z' })
  scheduled_for!: string;

  @ApiProperty({
    description: '0..100, 50 is neutral; null: the run gives none.',
    type: Number,
    nullable: true,
    example: 61.5,
  })
  conviction_score!: number | null;

  @ApiProperty({ description: 'BUY, SELL or HOLD; null as above.', type: String, nullable: true, example: 'BUY' })
  signal!: string | null;

  @ApiProperty({
    description:
      'Why there is none: `agent_unavailable` and other reasons of decisions, `no_market` where the run saw no market, ' +
      '`not_kept` where its analyses are not kept any more, or what is wrong with the definition.',
    type: String,
    nullable: true,
    example: null,
  })
  reason!: string | null;
}

/** No position and no trade yet; the amount of cash affects no conviction. */
const PORTFOLIO = {
  cash: '10000',
  quantity: '0',
  total_value: '10000',
  open_positions: [],
  minutes_since_last_trade: null,
} as const;
const STATE = { consecutive_bullish_count: 0, consecutive_bearish_count: 0 } as const;

/** Decisions in a row before other requests of the process get a turn; the agent's deadline applies to each batch. */
const AT_ONCE = 10;

/** Agent and channel of a definition, or the code of what is missing. */
type Decider = { readonly agent: DecisionAgent; readonly channel: DecisionChannel } | { readonly fault: string };

/** Computes the convictions of past runs for the params of a new instance. Writes nothing. */
@Injectable()
export class ConvictionsService {
  constructor(
    private readonly store: ConvictionStore,
    private readonly watch: RequestCutoff,
    @Inject(DECISION_AGENTS) private readonly decisionAgents: NamedCatalogue<DecisionAgent>,
    @Inject(TRADE_CHANNELS) private readonly channels: NamedCatalogue<TradeChannel>,
    @Inject(CONFIG) private readonly config: AppConfig,
  ) {}

  /**
   * Convictions of finished runs, newest first. All use the current definition, whatever it was at the time, so that
   * the points of a curve are comparable.
   * @throws NotFound; Unavailable (503 `decision_agent_timeout`) when the decision agent hangs.
   */
  async list(definitionId: number, filter: ConvictionFilter, limit: number): Promise<ConvictionView[]> {
    const basis = await this.store.basisOf(definitionId);
    if (!basis) throw new NotFound('strategy definition');
    const decider = this.deciderOf(basis);
    const runs = await this.store.list(definitionId, filter, limit);
    const contexts = runs.map((run) => ('fault' in decider ? decider.fault : contextOf(decider, basis, run)));
    const asked = contexts.filter((context) => typeof context !== 'string');
    const answers = 'fault' in decider ? [] : await this.ask(decider.agent, asked);
    const next = answers.values();
    return runs.map((run, index) => {
      const context = contexts[index]!;
      return viewOf(run, typeof context === 'string' ? none(context) : opinionOf(next.next().value!));
    });
  }

  private async ask(agent: DecisionAgent, contexts: readonly DecisionContext<unknown>[]): Promise<DecisionAnswer[]> {
    const answers: DecisionAnswer[] = [];
    for (let from = 0; from < contexts.length; from += AT_ONCE) {
      if (from > 0) await othersFirst();
      answers.push(...(await this.watch.ask(agent, contexts.slice(from, from + AT_ONCE))));
    }
    return answers;
  }

  private deciderOf({ decision_agent_class, trade_channel, trade_symbol }: DecisionBasisRow): Decider {
    const agent = this.decisionAgents.find(decision_agent_class);
    if (!agent) return { fault: 'unknown_decision_agent' };
    const channel = this.channels.find(trade_channel);
    if (!channel?.symbols.includes(trade_symbol)) return { fault: 'unknown_trade_channel' };
    return { agent, channel: decisionChannelOf(channel.rulesFor(trade_symbol), this.config.paperSlippageBps) };
  }
}

/** The agent's input for a run, or the code of why there is none. */
function contextOf(
  { agent, channel }: Exclude<Decider, { fault: string }>,
  { business_agents: businessAgents, default_params }: DecisionBasisRow,
  { market_snapshot: market, analyses }: SeenRow,
): DecisionContext<unknown> | string {
  if (analyses === null) return 'not_kept';
  if (market === null) return 'no_market';
  const instance: InstanceInput = { params: frozen(default_params), portfolio: PORTFOLIO, state: STATE };
  try {
    return contextMaker({ agent, businessAgents, analyses, market, channel })(instance);
  } catch (error) {
    if (!(error instanceof DecisionFault)) throw error;
    return error.code;
  }
}

type Opinion = Omit<ConvictionView, 'run_id' | 'scheduled_for'>;

function viewOf({ id, scheduled_for }: SeenRow, opinion: Opinion): ConvictionView {
  return { run_id: id, scheduled_for: scheduled_for.toISOString(), ...opinion };
}

function none(reason: string): Opinion {
  return { conviction_score: null, signal: null, reason };
}

function opinionOf({ decision, fault }: DecisionAnswer): Opinion {
  if (!decision) return none(fault.code);
  const { conviction_score, signal, reasons } = decision;
  return conviction_score === null ? none(reasons[0]?.code ?? 'undecided') : { conviction_score, signal, reason: null };
}
