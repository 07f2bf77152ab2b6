import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, Unique } from 'typeorm';

/** One instance's part in a run: what it decided and why. What all instances share stands on the run. */
@Entity('strategy_executions')
@Unique('uq_strategy_executions_instance', ['runId', 'portfolioId'])
@Index('ix_strategy_executions_portfolio', ['portfolioId', 'id'])
@Check('ck_strategy_executions_status', `status IN ('completed', 'failed', 'skipped')`)
@Check('ck_strategy_executions_signal', `signal IN ('BUY', 'SELL', 'HOLD')`)
@Check('ck_strategy_executions_failed', `status <> 'failed' OR error IS NOT NULL`)
export class StrategyExecution {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_strategy_executions' })
  id!: string;

  @Column('uuid', { name: 'run_id' })
  runId!: string;

  @ManyToOne('StrategyRun', { nullable: false })
  @JoinColumn({ name: 'run_id', foreignKeyConstraintName: 'fk_strategy_executions_run' })
  run?: unknown;

  @Column('uuid', { name: 'portfolio_id' })
  portfolioId!: string;

  @ManyToOne('Portfolio', { nullable: false })
  @JoinColumn({ name: 'portfolio_id', foreignKeyConstraintName: 'fk_strategy_executions_portfolio' })
  portfolio?: unknown;

  @Column('varchar', { length: 16 })
  status!: 'completed' | 'failed' | 'skipped';

  /** 0..100; null when no decision could be taken. */
  @Column('double precision', { name: 'conviction_score', nullable: true })
  convictionScore!: number | null;

  @Column('varchar', { length: 8, nullable: true })
  signal!: 'BUY' | 'SELL' | 'HOLD' | null;

  @Column('double precision', { name: 'signal_strength', nullable: true })
  signalStrength!: number | null;

  /** BUY: fraction of total value. SELL: fraction of the holding. */
  @Column('double precision', { name: 'position_size', nullable: true })
  positionSize!: number | null;

  @Column('varchar', { name: 'risk_level', length: 8, nullable: true })
  riskLevel!: string | null;

  @Column('boolean', { name: 'should_execute' })
  shouldExecute!: boolean;

  /** Every rule that fired, with its numbers. */
  @Column('jsonb')
  reasons!: unknown[];

  @Column('double precision', { name: 'distance_to_buy', nullable: true })
  distanceToBuy!: number | null;

  @Column('double precision', { name: 'distance_to_sell', nullable: true })
  distanceToSell!: number | null;

  /** Row of the params history that was used. */
  @Column('integer', { name: 'params_version' })
  paramsVersion!: number;

  /** Counters and portfolio before the decision: with params and run it can be computed again. */
  @Column('jsonb', { name: 'state_before' })
  stateBefore!: unknown;

  @Column('integer', { name: 'duration_us' })
  durationUs!: number;

  @Column('jsonb', { nullable: true })
  error!: unknown;

  @Column('timestamptz', { name: 'executed_at' })
  executedAt!: Date;
}
