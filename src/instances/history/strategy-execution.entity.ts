import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import type { RiskLevel, Signal } from '../../domain/decision/decision.js';
import type { StoredReason, StoredState } from './storage-codec.js';

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
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_strategy_executions' })
  run_id!: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_strategy_executions' })
  portfolio_id!: string;

  /** Carries the time of `run_id`: with the portfolio it leads to the row. */
  @Column('uuid')
  id!: string;

  @Column('varchar', { length: 16 })
  status!: 'completed' | 'failed' | 'skipped';

  /** 0..100; null when no decision could be taken. */
  @Column('double precision', { nullable: true })
  conviction_score!: number | null;

  @Column('varchar', { length: 8, nullable: true })
  signal!: Signal | null;

  @Column('double precision', { nullable: true })
  signal_strength!: number | null;

  /** BUY: fraction of total value. SELL: fraction of the holding. */
  @Column('double precision', { nullable: true })
  position_size!: number | null;

  @Column('varchar', { length: 8, nullable: true })
  risk_level!: RiskLevel | null;

  @Column('boolean')
  should_execute!: boolean;

  /** Every rule that fired, with its numbers, in the form of `encodeReasons`. */
  @Column('json')
  reasons!: readonly StoredReason[];

  @Column('double precision', { nullable: true })
  distance_to_buy!: number | null;

  @Column('double precision', { nullable: true })
  distance_to_sell!: number | null;

  /** Row of the params history that was used. */
  @Column('integer')
  params_version!: number;

  /**
   * Counters and portfolio before the decision: with params and run it can be computed again. In
   * the form of `encodeState`.
   */
  @Column('json')
  state_before!: StoredState;

  @Column('integer')
  duration_us!: number;

  @Column('jsonb', { nullable: true })
  error!: { readonly code: string; readonly message: string } | null;

  @Column('timestamptz')
  executed_at!: Date;
}
