import { Inject, Injectable } from '@nestjs/common';
import { Counter, Histogram } from 'prom-client';
import type { AgentOutcome } from '../../business-agents/agent-outcome.js';
import { Metrics } from '../../platform/metrics/metrics.js';

/** analyse: market and agents; divide: instances into chunks; the other phases are those of a chunk. */
export type Phase = 'analyse' | 'divide' | 'read' | 'decide' | 'write';

const ENDINGS = ['completed', 'degraded', 'failed', 'skipped'] as const;
const OUTCOMES = ['executed', 'held', 'failed', 'skipped'] as const;

export type InstanceOutcomes = Readonly<Record<(typeof OUTCOMES)[number], number>>;

/**
 * Metrics of the runs in this process. Called once a run or chunk, after the commit, never once an instance. The sum
 * over all processes is the platform's total.
 */
@Injectable()
export class RunMetrics {
  private readonly runs: Counter<'status'>;
  private readonly lateness: Histogram;
  private readonly duration: Histogram;
  private readonly phases: Histogram<'phase'>;
  private readonly instances: Counter<'outcome'>;
  private readonly chunkStatements: Histogram;
  private readonly agentCalls: Counter<'agent' | 'status'>;
  private readonly agentDurations: Histogram<'agent'>;
  private readonly llmReviews: Counter<'agent' | 'outcome'>;

  constructor(@Inject(Metrics) { registry }: Pick<Metrics, 'registry'>) {
    const registers = [registry];
    this.runs = new Counter({
      name: 'conclave_runs_total',
      help: 'Runs that this process ended, by how they ended',
      labelNames: ['status'],
      registers,
    });
    this.lateness = new Histogram({
      name: 'conclave_run_lateness_seconds',
      help: 'From the time a run was due to its start',
      buckets: [0.5, 1, 2, 5, 10, 30, 60, 300, 900],
      registers,
    });
    this.duration = new Histogram({
      name: 'conclave_run_duration_seconds',
      help: 'From the start of a run to the end of its last instance',
      buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
      registers,
    });
    this.phases = new Histogram({
      name: 'conclave_phase_duration_seconds',
      help: 'Analyse and divide: of a run; read, decide and write: of a chunk',
      labelNames: ['phase'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers,
    });
    this.instances = new Counter({
      name: 'conclave_instances_total',
      help: 'Instances that this process served, by what became of them',
      labelNames: ['outcome'],
      registers,
    });
    this.chunkStatements = new Histogram({
      name: 'conclave_chunk_statements',
      help: 'Statements of a chunk, without those that begin and end its transaction; the size of a chunk must not show',
      buckets: [8, 10, 12, 14, 16, 18, 20, 25, 50],
      registers,
    });
    this.agentCalls = new Counter({
      name: 'conclave_agent_calls_total',
      help: 'Calls of business agents',
      labelNames: ['agent', 'status'],
      registers,
    });
    this.agentDurations = new Histogram({
      name: 'conclave_agent_call_duration_seconds',
      help: 'How long business agents took',
      labelNames: ['agent'],
      buckets: [0.005, 0.025, 0.1, 0.5, 1, 2.5, 5, 10, 30],
      registers,
    });
    this.llmReviews = new Counter({
      name: 'conclave_llm_reviews_total',
      help: 'Analyses that a language model was to look over, by what came of it',
      labelNames: ['agent', 'outcome'],
      registers,
    });
    // Start counters at 0: rate() misses the first event of a counter that appears with it.
    for (const status of ENDINGS) this.runs.inc({ status }, 0);
    for (const outcome of OUTCOMES) this.instances.inc({ outcome }, 0);
  }

  /** A run begins for the first time. */
  started(scheduledFor: Date, startedAt: Date): void {
    this.lateness.observe(Math.max(0, startedAt.getTime() - scheduledFor.getTime()) / 1000);
  }

  ended(status: string, count = 1): void {
    this.runs.inc({ status }, count);
  }

  /** The last chunk of a run is finished. */
  served(status: string, startedAt: Date, now: Date): void {
    this.ended(status);
    this.duration.observe(Math.max(0, now.getTime() - startedAt.getTime()) / 1000);
  }

  chunk(outcomes: InstanceOutcomes, statements: number): void {
    this.chunkStatements.observe(statements);
    for (const outcome of OUTCOMES) this.instances.inc({ outcome }, outcomes[outcome]);
  }

  agents(outcomes: readonly AgentOutcome[]): void {
    for (const { agent_name: agent, status, duration_ms, llm, degraded, error } of outcomes) {
      this.agentCalls.inc({ agent, status });
      this.agentDurations.observe({ agent }, duration_ms / 1000);
      if (llm)
        this.llmReviews.inc({ agent, outcome: degraded ? error!.code : llm.tokens === 0 ? 'stored' : 'answered' });
    }
  }

  /** Times the phases of a run or chunk. One that does not finish is not recorded. */
  stopwatch(): Stopwatch {
    return new Stopwatch((phase, seconds) => this.phases.observe({ phase }, seconds));
  }
}

/** Times consecutive phases. */
export class Stopwatch {
  private readonly laps: (readonly [Phase, number])[] = [];
  private since = performance.now();

  constructor(private readonly observe: (phase: Phase, seconds: number) => void) {}

  /** Ends the phase that began with the previous lap. */
  lap(phase: Phase): void {
    const now = performance.now();
    this.laps.push([phase, (now - this.since) / 1000]);
    this.since = now;
  }

  /** Records the measured phases. */
  done(): void {
    for (const [phase, seconds] of this.laps) this.observe(phase, seconds);
  }
}
