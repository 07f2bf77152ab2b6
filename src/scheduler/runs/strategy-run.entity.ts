import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, Unique } from 'typeorm';
import type { MarketSnapshot } from '../../domain/market/market-snapshot.js';

export const RUN_STATUSES = ['queued', 'analysing', 'deciding', 'completed', 'degraded', 'failed', 'skipped'] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

/** Instances of a run by outcome. */
export interface RunCounters {
  instances: number;
  executed: number;
  /** Decided not to trade, or were skipped. */
  held: number;
  failed: number;
}

/** One tick of one definition. */
@Entity('strategy_runs')
@Unique('uq_strategy_runs_tick', ['definition_id', 'scheduled_for'])
@Index('ix_strategy_runs_open', ['created_at'], { where: '(finished_at IS NULL)' })
@Index('ix_strategy_runs_definition', ['definition_id', 'id'])
@Check('ck_strategy_runs_trigger', `trigger IN ('schedule', 'manual')`)
@Check(
  'ck_strategy_runs_status',
  `status IN ('queued', 'analysing', 'deciding', 'completed', 'degraded', 'failed', 'skipped')`,
)
export class StrategyRun {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_strategy_runs' })
  id!: string;

  @Column('integer')
  definition_id!: number;

  @ManyToOne('StrategyDefinition', { nullable: false })
  @JoinColumn({ name: 'definition_id', foreignKeyConstraintName: 'fk_strategy_runs_definition' })
  definition?: unknown;

  @Column('integer')
  definition_version!: number;

  @Column('timestamptz')
  scheduled_for!: Date;

  @Column('varchar', { length: 16 })
  trigger!: 'schedule' | 'manual';

  @Column('varchar', { length: 16 })
  status!: RunStatus;

  @Column('jsonb', { nullable: true })
  market_snapshot!: MarketSnapshot | null;

  /**
   * Inputs of the decisions besides market and analyses. Null until the first analysis is stored; version and slippage
   * until the instances are divided.
   */
  @Column('jsonb', { nullable: true })
  business_agents!: string[] | null;

  @Column('varchar', { length: 200, nullable: true })
  decision_agent_class!: string | null;

  @Column('varchar', { length: 32, nullable: true })
  decision_agent_version!: string | null;

  @Column('double precision', { nullable: true })
  slippage_bps!: number | null;

  @Column('jsonb')
  counters!: RunCounters;

  /** Null until the instances are divided. */
  @Column('integer', { nullable: true })
  chunks_total!: number | null;

  @Column('integer', { default: 0 })
  chunks_done!: number;

  /** One worker analyses the run until then; afterwards another may take it over. */
  @Column('timestamptz', { nullable: true })
  lease_until!: Date | null;

  /** Attempts so far. */
  @Column('integer', { default: 0 })
  attempts!: number;

  @Column('jsonb', { nullable: true })
  error!: { code: string; message: string } | null;

  @Column('timestamptz')
  created_at!: Date;

  @Column('timestamptz', { nullable: true })
  started_at!: Date | null;

  @Column('timestamptz', { nullable: true })
  finished_at!: Date | null;
}
