import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { AgentOutcome } from '../../business-agents/agent-outcome.js';
import { BusinessAgentsService } from '../../business-agents/business-agents.service.js';
import type { NamedCatalogue } from '../../domain/catalogue.js';
import { type Clock, CLOCK } from '../../domain/clock.js';
import { type DecisionAgent, DECISION_AGENTS } from '../../domain/decision/decision-agent.js';
import type { MarketSnapshot } from '../../domain/market/market-snapshot.js';
import { MarketDataUnavailable } from '../../market-data/market-data-errors.js';
import { MarketDataService } from '../../market-data/market-data.service.js';
import type { Toolbox } from '../../market-data/toolbox.js';
import { CONFIG, type AppConfig } from '../../platform/config/app-config.js';
import { isConnectionError } from '../../platform/database/is-connection-error.js';
import { LOGGER, type Logger } from '../../platform/logging/logger.js';
import { PositionMonitor } from '../../trading/positions/position-monitor.js';
import { RunMetrics } from './run-metrics.js';
import { AgentExecutionStore } from './agent-execution.store.js';
import { RunProgressStore } from './run-progress.store.js';
import { logFieldsOf, type RunContext } from './run-context.js';
import { MOST_ATTEMPTS, RunStore, type ClaimedRun, type RunClaim, type RunError } from './run.store.js';

/** How long the run of a dead worker stays locked for others. */
const LEASE_MS = 15_000;
/** A live worker renews its lease this often, however long the agents take. */
const RENEW_EVERY_MS = 5000;

/**
 * Analyses the market once for all instances of a run and divides them into chunks. Idempotent: a second call finds the
 * run taken, divided or finished.
 */
@Injectable()
export class RunHandler {
  /** Runs that this process is analysing. */
  private readonly held = new Set<RunClaim>();

  constructor(
    private readonly database: DataSource,
    private readonly runs: RunStore,
    private readonly divided: RunProgressStore,
    private readonly analyses: AgentExecutionStore,
    private readonly monitor: PositionMonitor,
    private readonly market: MarketDataService,
    private readonly agents: BusinessAgentsService,
    @Inject(DECISION_AGENTS) private readonly decisionAgents: NamedCatalogue<DecisionAgent>,
    @Inject(CONFIG) private readonly config: AppConfig,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly metrics: RunMetrics,
  ) {}

  /**
   * @returns the indexes of the open chunks, to be queued.
   * @throws when the analysis fails; the run is released for the next attempt.
   */
  async handle(runId: string): Promise<number[]> {
    if (await this.runs.skipIfOutdated(runId, this.clock.now())) {
      this.metrics.ended('skipped');
      return [];
    }
    const now = this.clock.now();
    const claim = await this.runs.claimForAnalysis(runId, now, new Date(now.getTime() + LEASE_MS));
    // Another worker has the run, or it is divided already: then its open chunks are queued again.
    if (!claim) return this.divided.openChunks(runId);
    const stopRenewing = this.keepRenewing(claim);
    try {
      return await this.analyseAndDivide(claim);
    } catch (error) {
      await this.giveBack(claim, error as Error);
      throw error;
    } finally {
      stopRenewing();
    }
  }

  private async analyseAndDivide(claim: ClaimedRun): Promise<number[]> {
    const watch = this.metrics.stopwatch();
    // Settle funding and stops first, so that decisions act on up-to-date positions.
    await this.monitor.settle({ channel: claim.trade_channel, symbol: claim.trade_symbol });
    // Prefetch market data before fixing the run's timestamp; data fetched later would be look-ahead.
    await this.market.prepare(claim.trade_symbol, claim.trade_channel);
    const task = await this.runs.begin(claim, this.clock.now());
    if (!task) return this.divided.openChunks(claim.id);
    if (task.attempts === 1) this.metrics.started(task.scheduled_for, task.started_at);
    const seen = await this.analyseMarket(task);
    watch.lap('analyse');
    const chunks = seen ? await this.divide(task, seen.snapshot, seen.outcomes) : [];
    watch.lap('divide');
    if (seen) watch.done();
    return chunks;
  }

  /** Releases the unfinished runs of this process at shutdown, so that others can take them at once. */
  async giveUp(): Promise<void> {
    await Promise.all([...this.held].map((claim) => this.runs.release(claim)));
  }

  private keepRenewing(claim: RunClaim): () => void {
    this.held.add(claim);
    const timer = setInterval(() => {
      // While the database is away the lease may run out. Then another worker may take the run, and this one cannot
      // divide it.
      this.runs
        .renew(claim, new Date(this.clock.now().getTime() + LEASE_MS))
        .catch((error) => this.logger.error({ run_id: claim.id, err: error }, 'lease not renewed'));
    }, RENEW_EVERY_MS);
    return () => {
      clearInterval(timer);
      this.held.delete(claim);
    };
  }

  /**
   * Fails a run after its last attempt, so that it is not retried endlessly. A database that is away does not count.
   */
  private async giveBack(task: ClaimedRun, error: Error): Promise<void> {
    if (isConnectionError(error) || task.attempts < MOST_ATTEMPTS) return this.runs.release(task);
    const message = `The market could not be analysed in ${task.attempts} attempts. ${error.message}`;
    await this.fail(task, { code: 'analysis_failed', message }, error);
  }

  /**
   * The market and the analyses of it. Reuses those that an earlier worker stored before it stopped. Null without a
   * market; the run has failed then.
   */
  private async analyseMarket(
    task: RunContext & RunClaim,
  ): Promise<{ snapshot: MarketSnapshot; outcomes: AgentOutcome[] } | null> {
    const at = task.started_at;
    const toolbox = await this.market.openToolbox(at, task.trade_channel);
    const kept = task.market_snapshot ? await this.analyses.ofRun(task.id) : [];
    const snapshot = task.market_snapshot ?? (await this.snapshotFor(task, toolbox));
    if (!snapshot) return null;
    const outcomes = await this.agents.analyse({
      agents: task.business_agents.filter((name) => !kept.some(({ agent_name }) => agent_name === name)),
      symbol: task.trade_symbol,
      at,
      toolbox,
      onOutcome: async (outcome) => {
        this.agentSpoke(task, outcome);
        // Only successes are stored: the next worker may retry the others. A lost claim is detected when the run is
        // divided.
        if (outcome.status === 'success') await this.analyses.storeAtOnce(task, snapshot, outcome, this.clock.now());
      },
    });
    return { snapshot, outcomes };
  }

  private async snapshotFor(task: RunContext & RunClaim, toolbox: Toolbox): Promise<MarketSnapshot | null> {
    try {
      return await this.market.snapshot(task.trade_symbol, task.started_at, toolbox);
    } catch (error) {
      if (!(error instanceof MarketDataUnavailable)) throw error;
      await this.fail(task, { code: 'market_data_unavailable', message: error.message }, error);
      return null;
    }
  }

  private agentSpoke(task: RunContext, outcome: AgentOutcome): void {
    this.metrics.agents([outcome]);
    const { agent_name, status, score, confidence, reasoning, mode, degraded, error } = outcome;
    const fields = { ...logFieldsOf(task), agent_name, reasoning };
    if (status === 'success') this.logger.info({ ...fields, score, confidence, mode, degraded }, 'analysis');
    else this.logger.warn({ ...fields, status, error }, 'analysis missing');
  }

  /** Fails the run, unless another worker has taken it. */
  private async fail(task: ClaimedRun, error: RunError, cause: Error): Promise<void> {
    if (!(await this.runs.failAnalysis(task, error, this.clock.now()))) return;
    this.metrics.ended('failed');
    this.logger.error({ ...logFieldsOf(task), code: error.code, err: cause }, 'run failed');
  }

  private async divide(
    task: RunContext & RunClaim,
    snapshot: MarketSnapshot,
    outcomes: AgentOutcome[],
  ): Promise<number[]> {
    const now = this.clock.now();
    const result = await this.database.transaction(async (manager) => {
      const basis = {
        market: snapshot,
        decisionAgentVersion: this.decisionAgents.find(task.decision_agent_class)?.version ?? null,
        slippageBps: this.config.paperSlippageBps,
      };
      const chunks = await this.divided.divide(manager, task, basis, this.config.chunkSize);
      if (chunks === null) return null;
      await this.analyses.keep(manager, task.id, outcomes, now);
      const nobody = { instances: 0, executed: 0, held: 0, failed: 0 };
      const outcome = chunks === 0 ? await this.divided.advance(manager, task.id, 0, nobody, now) : null;
      return { chunks, outcome };
    });
    if (!result) return this.divided.openChunks(task.id);
    if (result.outcome) {
      this.metrics.served(result.outcome.status, task.started_at, this.clock.now());
      this.logger.info({ ...logFieldsOf(task), ...result.outcome }, `run ${result.outcome.status}`);
    }
    return [...Array(result.chunks).keys()];
  }
}
