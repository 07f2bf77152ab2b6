import { Inject, Injectable } from '@nestjs/common';
import type { SignedInUser } from '../../auth/access.js';
import { RequestCutoff } from '../../decision-agents/cutoff/request-cutoff.js';
import { toDecisionView } from '../../decision-agents/decision-agent.dto.js';
import type { AnalysisOutputs } from '../../domain/analysis/analysis.js';
import type { NamedCatalogue } from '../../domain/catalogue.js';
import { type DecisionAgent, DECISION_AGENTS } from '../../domain/decision/decision-agent.js';
import { CONFIG, type AppConfig } from '../../platform/config/app-config.js';
import { Conflict, NotFound } from '../../platform/http/problems/app-errors.js';
import { TRADE_CHANNELS, type TradeChannel } from '../../trading/channels/trade-channel.js';
import { ExecutionStore, type ExecutionDetailRow } from '../history/execution.store.js';
import { TradeStore } from '../history/trade.store.js';
import { InstanceViewsService } from '../views/instance-views.service.js';
import { computedComparable, storedComparable } from './comparable-rows.js';
import { recompute, type StoredInputs, readStateBefore } from './recompute.js';
import type { ReplayView } from './recompute.dto.js';
import { RecomputeStore, type RunBasisRow } from './recompute.store.js';

/** Computes stored decisions once more, from nothing but what is stored. */
@Injectable()
export class RecomputeService {
  constructor(
    private readonly instances: InstanceViewsService,
    private readonly executions: ExecutionStore,
    private readonly trades: TradeStore,
    private readonly store: RecomputeStore,
    private readonly watch: RequestCutoff,
    @Inject(DECISION_AGENTS) private readonly decisionAgents: NamedCatalogue<DecisionAgent>,
    @Inject(TRADE_CHANNELS) private readonly channels: NamedCatalogue<TradeChannel>,
    @Inject(CONFIG) private readonly config: AppConfig,
  ) {}

  /**
   * Writes nothing; the same question always has the same answer. An execution that failed is identical when it
   * fails with the same code.
   *
   * @throws NotFound, also for who may not see params; Conflict (409 `nothing_decided`) for an execution that was
   *   skipped or whose chunk could not be served, (409 `not_replayable`) when something that it rested on is not stored
   *   or not there any more; Gone (410 `not_kept`) when its month is not kept any more;
   *   Unavailable (503 `decision_agent_timeout`) when the decision agent hangs, as it may have done in the run.
   */
  async replay(viewer: SignedInUser, id: string, executionId: string): Promise<ReplayView> {
    // The reasons' numbers give params away: for who does not see params, there is no replay.
    if ((await this.instances.visibility(viewer, id)) === 'public') throw new NotFound('strategy');
    const row = await this.executions.get(id, executionId);
    if (row.status === 'skipped')
      throw new Conflict('nothing_decided', 'The run skipped this strategy, so there is no decision to recompute.');
    if (row.error?.code === 'chunk_failed') {
      throw new Conflict('nothing_decided', 'The run failed for this strategy, so there is no decision to recompute.');
    }
    const basis = await this.store.basisOf(row.run_id);
    const inputs = await this.inputsOf(row, basis);
    const order = await this.trades.orderOf(executionId);
    const fills = order ? await this.trades.fillsOf(order.id) : [];

    const result = await recompute(inputs, (agent, contexts) => this.watch.ask(agent, contexts));
    const place = { channel: inputs.channel.name, symbol: inputs.symbol, price: inputs.market.price.value };
    const differences = differencesOf(
      storedComparable(row, inputs.state, order, fills),
      computedComparable(result, inputs.state, place),
    );
    return {
      identical: differences.length === 0,
      differences,
      decision: result.execution && toDecisionView(result.execution.decision),
      error: result.error,
      decision_agent: {
        name: inputs.agent.name,
        version: inputs.agent.version,
        version_then: basis.decision_agent_version,
      },
    };
  }

  private async inputsOf(row: ExecutionDetailRow, basis: RunBasisRow): Promise<StoredInputs> {
    const { business_agents: businessAgents, decision_agent_class: agentClass, trade_symbol: symbol } = basis;
    const { market_snapshot: market, params } = row;
    const state = readStateBefore(row.state_before);
    if (!market || !params || !state || !businessAgents || agentClass === null) {
      throw new Conflict('not_replayable', 'Some inputs of this decision are no longer stored.');
    }
    const agent = this.decisionAgents.find(agentClass);
    const channel = this.channels.find(basis.trade_channel);
    if (!agent || !channel?.symbols.includes(symbol)) {
      throw new Conflict(
        'not_replayable',
        'The decision agent or the trade channel is not part of this version of the program.',
      );
    }
    const stored = await this.executions.analysesOf(row.run_id);
    const analyses = stored.map(({ agent_name, status, score, details }) => {
      return { agent_name, status, score, outputs: readOutputs(details) };
    });
    const slippageBps = basis.slippage_bps ?? this.config.paperSlippageBps;
    return { agent, channel, symbol, slippageBps, businessAgents, analyses, market, params, state };
  }
}

/** What an analysis said besides its score. */
function readOutputs({ outputs }: Readonly<Record<string, unknown>>): AnalysisOutputs | null {
  return (outputs as AnalysisOutputs | undefined) ?? null;
}

/** A field that was computed otherwise than it is stored. */
interface Difference {
  /** Path with dots: `reasons.2.conviction`, `order.quantity`. */
  readonly field: string;
  /** Null where the field is missing. */
  readonly stored: unknown;
  readonly computed: unknown;
}

/**
 * All fields in which two JSON documents differ, in the order of the stored one. Keys may stand in any order, as
 * PostgreSQL's jsonb does not keep theirs; -0 is 0, as in JSON; a key that is missing is one that is null.
 */
export function differencesOf(stored: unknown, computed: unknown): Difference[] {
  return compare('', plain(stored), plain(computed));
}

function compare(field: string, stored: unknown, computed: unknown): Difference[] {
  if (isContainer(stored) && isContainer(computed) && Array.isArray(stored) === Array.isArray(computed)) {
    const keys = new Set([...Object.keys(stored), ...Object.keys(computed)]);
    return [...keys].flatMap((key) =>
      compare(field === '' ? key : `${field}.${key}`, own(stored, key), own(computed, key)),
    );
  }
  return stored === computed ? [] : [{ field, stored, computed }];
}

function plain(value: unknown): unknown {
  return value === undefined ? null : (JSON.parse(JSON.stringify(value)) as unknown);
}

function isContainer(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function own(container: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(container, key) ? container[key] : null;
}
