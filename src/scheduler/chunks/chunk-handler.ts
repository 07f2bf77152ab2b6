import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { BatchCutoff } from '../../decision-agents/cutoff/batch-cutoff.js';
import type { NamedCatalogue } from '../../domain/catalogue.js';
import { type Clock, CLOCK } from '../../domain/clock.js';
import { type DecisionAgent, DECISION_AGENTS } from '../../domain/decision/decision-agent.js';
import { CONFIG, type AppConfig } from '../../platform/config/app-config.js';
import { IDLE_IN_TRANSACTION_MS } from '../../platform/database/data-source-options.js';
import { isConnectionError } from '../../platform/database/is-connection-error.js';
import { statementsSentIn } from '../../platform/database/pg-client-with-deadline.js';
import { LOGGER, type Logger, logLines } from '../../platform/logging/logger.js';
import { TRADE_CHANNELS, isPerpetualAt, type TradeChannel } from '../../trading/channels/trade-channel.js';
import { RunMetrics, type InstanceOutcomes } from '../runs/run-metrics.js';
import { AgentExecutionStore } from '../runs/agent-execution.store.js';
import { RunProgressStore } from '../runs/run-progress.store.js';
import { logFieldsOf, type RunContext } from '../runs/run-context.js';
import { MOST_ATTEMPTS } from '../runs/run.store.js';
import type { RunCounters, RunStatus } from '../runs/strategy-run.entity.js';
import { ChunkStore, type Details, type InstanceRow } from './chunk.store.js';
import { writeChunk, type ChunkRows } from './chunk-writer.js';
import { addExecution, addFailure, addSuperseded, emptyRows } from './instance-rows.js';
import { failing, instanceDecider, type Decider } from './instance-decider.js';

/**
 * Serves one chunk of a run: every active instance in it decides and trades, in ONE transaction. Idempotent: a second
 * call, concurrent or after a crash, finds the chunk locked or finished.
 */
@Injectable()
export class ChunkHandler {
  /** Without redaction: it would cost as much as writing the line, and a decision's fields hold no secrets. */
  private readonly decisions: Logger;

  constructor(
    private readonly database: DataSource,
    private readonly chunks: ChunkStore,
    private readonly runs: RunProgressStore,
    private readonly analyses: AgentExecutionStore,
    private readonly watch: BatchCutoff,
    @Inject(DECISION_AGENTS) private readonly decisionAgents: NamedCatalogue<DecisionAgent>,
    @Inject(TRADE_CHANNELS) private readonly channels: NamedCatalogue<TradeChannel>,
    @Inject(CONFIG) private readonly config: AppConfig,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly metrics: RunMetrics,
  ) {
    this.decisions = logger.child({}, { redact: [] });
  }

  /**
   * Does nothing when the chunk is finished or unknown, its run is over, or another worker holds its lock.
   * @throws when an attempt fails; the caller retries it later.
   */
  async handle(runId: string, chunkIndex: number): Promise<void> {
    try {
      await this.serve(runId, chunkIndex, (task, manager) => this.decider(task, manager));
    } catch (error) {
      // A database that is unreachable or full does not count as an attempt.
      if (isConnectionError(error)) throw error;
      const attempts = await this.chunks.countFailure(this.database.manager, runId, chunkIndex);
      if (attempts < MOST_ATTEMPTS) throw error;
      await this.giveUp(runId, chunkIndex, error as Error);
    }
  }

  private async serve(
    runId: string,
    chunkIndex: number,
    deciderOf: (task: RunContext, manager: EntityManager) => Promise<Decider>,
  ): Promise<void> {
    const watch = this.metrics.stopwatch();
    const finished = await this.database.transaction(async (manager) => {
      const sentBefore = await statementsSentIn(manager);
      const task = await this.chunks.lock(manager, runId, chunkIndex);
      if (!task) return null;
      const instances = await this.chunks.instances(manager, task, this.detailsFor(task));
      watch.lap('read');
      const asked = performance.now();
      const rows = await this.decide(task, instances, await deciderOf(task, manager));
      watch.lap('decide');
      refuseIfTooSlow(performance.now() - asked);
      await writeChunk(manager, rows);
      await this.chunks.finish(manager, runId, chunkIndex, this.clock.now());
      const outcome = await this.runs.advance(manager, runId, 1, count(rows), this.clock.now());
      return { task, rows, outcome, statements: (await statementsSentIn(manager)) - sentBefore };
    });
    if (!finished) return;
    watch.lap('write');
    watch.done();
    this.metrics.chunk(outcomesOf(finished.rows), finished.statements);
    this.logDecisions(finished.task, finished.rows);
    if (finished.outcome) this.runEnded(finished.task, finished.outcome);
  }

  /**
   * Gives up a chunk after its last attempt, so that it is not retried endlessly and does not block the run: each of
   * its instances gets a failed execution. If even those cannot be written, the run fails and its other open chunks are
   * not served.
   */
  private async giveUp(runId: string, chunkIndex: number, cause: Error): Promise<void> {
    this.logger.error({ run_id: runId, chunk_index: chunkIndex, err: cause }, 'chunk given up');
    const how = `could not be processed in ${MOST_ATTEMPTS} attempts; the log has the cause.`;
    try {
      await this.serve(runId, chunkIndex, async () =>
        failing('chunk_failed', `This strategy and others of the same run ${how}`),
      );
    } catch (error) {
      if (isConnectionError(error)) throw error;
      const failure = { code: 'chunk_failed' as const, message: `Some strategies of this run ${how}` };
      if (!(await this.runs.failDeciding(runId, failure, this.clock.now()))) throw error;
      this.metrics.ended('failed');
      this.logger.error({ run_id: runId, chunk_index: chunkIndex, err: error }, 'run failed');
    }
  }

  private detailsFor(task: RunContext): Details {
    const readsTrading = this.decisionAgents.find(task.decision_agent_class)?.readsTrading ?? false;
    const perpetual = isPerpetualAt(this.channels.find(task.trade_channel), task.trade_symbol);
    return { lastTrade: readsTrading || perpetual, perpetual };
  }

  private async decider(task: RunContext, manager: EntityManager): Promise<Decider> {
    return instanceDecider({
      task,
      analyses: await this.analyses.ofRun(task.id, manager),
      agent: this.decisionAgents.find(task.decision_agent_class),
      channel: this.channels.find(task.trade_channel),
      // The run's own slippage, so that all its chunks fill alike in any worker.
      slippageBps: task.slippage_bps ?? this.config.paperSlippageBps,
      ask: (agent, contexts) => this.watch.ask(agent, contexts),
    });
  }

  private async decide(task: RunContext, instances: readonly InstanceRow[], decide: Decider): Promise<ChunkRows> {
    const rows = emptyRows();
    // Everything in a run is dated at the run's start, however late a worker serves the chunk.
    const now = task.started_at;
    const isSuperseded = (instance: InstanceRow): boolean => supersededAt(instance, now) !== null;
    const results = (await decide(instances.filter((instance) => !isSuperseded(instance)))).values();
    for (const instance of instances) {
      if (isSuperseded(instance)) {
        addSuperseded(rows, task, instance, now, supersededAt(instance, now)!);
        continue;
      }
      const result = results.next().value!;
      if (result.execution) {
        addExecution(rows, task, instance, result.execution, now, result.durationUs);
        continue;
      }
      addFailure(rows, task, instance, result.error, now, result.durationUs);
      if (result.cause !== undefined) {
        this.logger.error({ ...logFieldsOf(task), instance_id: instance.id, err: result.cause }, 'instance broken');
      }
    }
    return rows;
  }

  private logDecisions(task: RunContext, rows: ChunkRows): void {
    const log = this.decisions.child(logFieldsOf(task));
    for (const row of rows.executions) {
      if (row.error === null) continue;
      log.error({ instance_id: row.portfolio_id, execution_id: row.id, error: row.error }, 'instance failed');
    }
    const decided = rows.executions
      .map((row, index) => ({ row, reasons: rows.reasons[index]! }))
      .filter(({ row }) => row.error === null);
    const acted = new Set(rows.trades.map((trade) => trade.execution_id));
    const shown = this.config.logDecisions === 'all' ? decided : decided.filter(({ row }) => acted.has(row.id));
    logLines(log, 'decision', shown, ({ row, reasons }) => ({
      instance_id: row.portfolio_id,
      execution_id: row.id,
      signal: row.signal,
      conviction_score: row.conviction_score,
      position_size: row.position_size,
      should_execute: row.should_execute,
      reasons,
    }));
    if (this.config.logDecisions === 'all') return;
    const counts: Record<string, number> = {};
    for (const { code } of decided.flatMap(({ reasons }) => reasons)) counts[code] = (counts[code] ?? 0) + 1;
    log.info({ instances: decided.length, acted: shown.length, reasons: counts }, 'decisions of a chunk');
  }

  private runEnded(task: RunContext, outcome: { status: RunStatus; counters: RunCounters }): void {
    this.metrics.served(outcome.status, task.started_at, this.clock.now());
    this.logger.info({ ...logFieldsOf(task), ...outcome }, `run ${outcome.status}`);
  }
}

function count(rows: ChunkRows): RunCounters {
  const failed = rows.executions.filter((row) => row.status === 'failed').length;
  const instances = rows.executions.length;
  const executed = rows.trades.length;
  return { instances, executed, held: instances - executed - failed, failed };
}

/** Time of a change newer than the run, such as a later run, a stop or funding. Null without one. */
function supersededAt(instance: InstanceRow, now: Date): Date | null {
  const { last_execution_time, kept_at, last_trade_at = null, position_updated_at = null } = instance;
  const times = [last_execution_time, kept_at, last_trade_at, position_updated_at];
  return times.find((time) => time !== null && time > now) ?? null;
}

/** The run's own counters count skipped instances as held. */
function outcomesOf(rows: ChunkRows): InstanceOutcomes {
  const { executed, held, failed } = count(rows);
  const skipped = rows.executions.filter((row) => row.status === 'skipped').length;
  return { executed, held: held - skipped, failed, skipped };
}

/**
 * The server has ended a transaction that was idle for this long. Without this check that would count as a failure of
 * the database, which is retried endlessly.
 */
function refuseIfTooSlow(milliseconds: number): void {
  if (milliseconds < IDLE_IN_TRANSACTION_MS) return;
  const seconds = Math.round(milliseconds / 1000);
  throw new Error(`The decisions took ${seconds} s, longer than the database waits for them.`);
}
