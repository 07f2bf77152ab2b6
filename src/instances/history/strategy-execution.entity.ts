import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * One instance's part in a run: what it decided and why. What all instances share stands on the run. Partitioned by
 * the month of `run_id`, which the key that TypeORM sees makes possible; without foreign keys, so that a month can be
 * dropped.
 */
@Entity('strategy_executions')
@Check('ck_strategy_executions_status', `status IN ('completed', 'failed', 'skipped')`)
@Check('ck_strategy_executions_signal', `signal IN ('BUY', 'SELL', 'HOLD')`)
@Check('ck_strategy_executions_failed', `status <> 'failed' OR error IS NOT NULL`)
export class StrategyExecution {
  /** First in the key: rows are written run by run. */
  @PrimaryColumn('uuid', { name: 'run_id', primaryKeyConstraintName: 'pk_strategy_executions' })
  runId!: string;

  @PrimaryColumn('uuid', { name: 'portfolio_id', primaryKeyConstraintName: 'pk_strategy_executions' })
  portfolioId!: string;

  /** Carries the time of `run_id`: with the portfolio it leads to the row. */
  @Column('uuid')
  id!: string;

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

  /** Every rule that fired, with its numbers, in the form of `encodeReasons`. */
  @Column('json')
  reasons!: unknown[];

  @Column('double precision', { name: 'distance_to_buy', nullable: true })
  distanceToBuy!: number | null;

  @Column('double precision', { name: 'distance_to_sell', nullable: true })
  distanceToSell!: number | null;

  /** Row of the params history that was used. */
  @Column('integer', { name: 'params_version' })
  paramsVersion!: number;

  /**
   * Counters and portfolio before the decision: with params and run it can be computed again. In
   * the form of `encodeState`.
   */
  @Column('json', { name: 'state_before' })
  stateBefore!: unknown;

  @Column('integer', { name: 'duration_us' })
  durationUs!: number;

  @Column('jsonb', { nullable: true })
  error!: unknown;

  @Column('timestamptz', { name: 'executed_at' })
  executedAt!: Date;
}
