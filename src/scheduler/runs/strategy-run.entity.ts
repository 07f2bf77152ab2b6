import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, Unique } from 'typeorm';
import type { MarketSnapshot } from '../../domain/market/market-snapshot.js';

export const RUN_STATUSES = ['queued', 'analysing', 'deciding', 'completed', 'degraded', 'failed', 'skipped'] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

/** How many instances a run had, and what became of them. */
export interface RunCounters {
  instances: number;
  /** Traded. */
  executed: number;
  /** Decided and did not trade. */
  held: number;
  failed: number;
}

/** One tick of one definition. */
@Entity('strategy_runs')
@Unique('uq_strategy_runs_tick', ['definitionId', 'scheduledFor'])
@Index('ix_strategy_runs_open', ['createdAt'], { where: '(finished_at IS NULL)' })
@Index('ix_strategy_runs_definition', ['definitionId', 'id'])
@Check('ck_strategy_runs_trigger', `trigger IN ('schedule', 'manual')`)
@Check(
  'ck_strategy_runs_status',
  `status IN ('queued', 'analysing', 'deciding', 'completed', 'degraded', 'failed', 'skipped')`,
)
export class StrategyRun {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_strategy_runs' })
  id!: string;

  @Column('integer', { name: 'definition_id' })
  definitionId!: number;

  @ManyToOne('StrategyDefinition', { nullable: false })
  @JoinColumn({ name: 'definition_id', foreignKeyConstraintName: 'fk_strategy_runs_definition' })
  definition?: unknown;

  @Column('integer', { name: 'definition_version' })
  definitionVersion!: number;

  @Column('timestamptz', { name: 'scheduled_for' })
  scheduledFor!: Date;

  @Column('varchar', { length: 16 })
  trigger!: 'schedule' | 'manual';

  @Column('varchar', { length: 16 })
  status!: RunStatus;

  @Column('jsonb', { name: 'market_snapshot', nullable: true })
  marketSnapshot!: MarketSnapshot | null;

  /**
   * What the decisions rested on besides market and analyses. Null until the first analysis is kept; version and
   * slippage until the instances have been divided.
   */
  @Column('jsonb', { name: 'business_agents', nullable: true })
  businessAgents!: string[] | null;

  @Column('varchar', { name: 'decision_agent_class', length: 200, nullable: true })
  decisionAgentClass!: string | null;

  @Column('varchar', { name: 'decision_agent_version', length: 32, nullable: true })
  decisionAgentVersion!: string | null;

  @Column('double precision', { name: 'slippage_bps', nullable: true })
  slippageBps!: number | null;

  @Column('jsonb')
  counters!: RunCounters;

  /** Null until the instances have been divided. */
  @Column('integer', { name: 'chunks_total', nullable: true })
  chunksTotal!: number | null;

  @Column('integer', { name: 'chunks_done', default: 0 })
  chunksDone!: number;

  /** Until then one worker analyses for this run; later another may take it over. */
  @Column('timestamptz', { name: 'lease_until', nullable: true })
  leaseUntil!: Date | null;

  /** How often it was begun. */
  @Column('integer', { default: 0 })
  attempts!: number;

  @Column('jsonb', { nullable: true })
  error!: { code: string; message: string } | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'started_at', nullable: true })
  startedAt!: Date | null;

  @Column('timestamptz', { name: 'finished_at', nullable: true })
  finishedAt!: Date | null;
}
