import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, Unique } from 'typeorm';
import type { Signal } from '../../domain/decision/decision.js';

/** An instance: a user's running copy of a definition, with its own money and params. */
@Entity('portfolios')
@Unique('uq_portfolios_number', ['user_id', 'strategy_definition_id', 'instance_number'])
@Index('ix_portfolios_active', ['strategy_definition_id', 'id'], { where: '(is_active = true)' })
@Index('ix_portfolios_created', ['created_at', 'id'])
@Index('ix_portfolios_return', ['total_pnl_percent', 'id'])
@Index('ix_portfolios_value', ['total_value', 'id'])
@Index('ix_portfolios_listed', ['archived_at', 'is_active', 'strategy_definition_id', 'trading_mode', 'user_id'])
@Check('ck_portfolios_trading_mode', `trading_mode IN ('paper', 'live')`)
@Check('ck_portfolios_initial_balance', `initial_balance > 0 AND initial_balance <> 'NaN'`)
@Check('ck_portfolios_current_balance', `current_balance >= 0 AND current_balance <> 'NaN'`)
@Check('ck_portfolios_total_value', `total_value <> 'NaN'`)
@Check('ck_portfolios_total_pnl', `total_pnl <> 'NaN'`)
@Check('ck_portfolios_peak_value', `peak_value <> 'NaN'`)
@Check('ck_portfolios_mark_price', `mark_price > 0 AND mark_price <> 'NaN'`)
@Check('ck_portfolios_closes', `winning_trades + losing_trades <= total_trades`)
@Check('ck_portfolios_archived', `archived_at IS NULL OR NOT is_active`)
export class Portfolio {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_portfolios' })
  id!: string;

  @Column('uuid')
  user_id!: string;

  @ManyToOne('User', { nullable: false })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'fk_portfolios_user' })
  user?: unknown;

  @Column('integer')
  strategy_definition_id!: number;

  @ManyToOne('StrategyDefinition', { nullable: false })
  @JoinColumn({ name: 'strategy_definition_id', foreignKeyConstraintName: 'fk_portfolios_definition' })
  strategyDefinition?: unknown;

  /** Counts a user's instances of a definition from 1; never reused. */
  @Column('integer')
  instance_number!: number;

  @Column('varchar', { length: 200 })
  instance_name!: string;

  /** Shown to others instead of a default name that contains a part of the owner's email; null: they see the name. */
  @Column('varchar', { length: 200, nullable: true })
  public_name!: string | null;

  /** Lower-case name for searches. Computed by the database. */
  @Column({
    type: 'text',
    select: false,
    insert: false,
    update: false,
    generatedType: 'STORED',
    asExpression: 'lower(instance_name COLLATE "und-x-icu")',
  })
  searched_name!: string;

  @Column({
    type: 'text',
    nullable: true,
    select: false,
    insert: false,
    update: false,
    generatedType: 'STORED',
    asExpression: 'lower(public_name COLLATE "und-x-icu")',
  })
  searched_public_name!: string | null;

  @Column('text')
  instance_description!: string;

  /** Complete params: the definition's defaults overridden by the user's values. */
  @Column('jsonb')
  instance_params!: Record<string, unknown>;

  @Column('integer', { default: 1 })
  params_version!: number;

  @Column('varchar', { length: 8 })
  trading_mode!: 'paper' | 'live';

  /** Quote currency, like all money of the row. */
  @Column('numeric', { precision: 38, scale: 18 })
  initial_balance!: string;

  /** Free cash. */
  @Column('numeric', { precision: 38, scale: 18 })
  current_balance!: string;

  @Column('numeric', { precision: 38, scale: 18 })
  total_value!: string;

  @Column('numeric', { precision: 38, scale: 18 })
  total_pnl!: string;

  /** Percent of the deposit, rounded to eight decimal places. Computed by the database. */
  @Column({
    type: 'double precision',
    insert: false,
    update: false,
    generatedType: 'STORED',
    asExpression: 'round(total_pnl * 100 / initial_balance, 8)::double precision',
  })
  total_pnl_percent!: number;

  /** Highest total value so far; base of the drawdown. */
  @Column('numeric', { precision: 38, scale: 18 })
  peak_value!: string;

  @Column('integer', { default: 0 })
  total_trades!: number;

  @Column('integer', { default: 0 })
  winning_trades!: number;

  @Column('integer', { default: 0 })
  losing_trades!: number;

  /** Winning closes / closes, 0..1; null before the first close. */
  @Column('double precision', { nullable: true })
  win_rate!: number | null;

  /** 0..1 of the peak. */
  @Column('double precision', { default: 0 })
  max_drawdown!: number;

  @Column('double precision', { nullable: true })
  sharpe_ratio!: number | null;

  @Column('boolean', { default: () => 'true' })
  is_active!: boolean;

  /** Start of the current active period; null while stopped. */
  @Column('timestamptz', { nullable: true })
  active_since!: Date | null;

  @Column('timestamptz', { nullable: true })
  archived_at!: Date | null;

  @Column('integer', { default: 0 })
  consecutive_bullish_count!: number;

  @Column('integer', { default: 0 })
  consecutive_bearish_count!: number;

  @Column('double precision', { nullable: true })
  last_conviction_score!: number | null;

  @Column('varchar', { length: 8, nullable: true })
  last_signal!: Signal | null;

  @Column('timestamptz', { nullable: true })
  last_execution_time!: Date | null;

  /** Market price behind total_value; null before the first valuation. */
  @Column('numeric', { precision: 38, scale: 18, nullable: true })
  mark_price!: string | null;

  /** Time of mark_price. */
  @Column('timestamptz', { nullable: true })
  marked_at!: Date | null;

  /** Last time that a stop or the funding of a closed position moved the cash between runs; null: never. */
  @Column('timestamptz', { nullable: true })
  kept_at!: Date | null;

  @Column('timestamptz', { nullable: true })
  last_snapshot_at!: Date | null;

  /** Total value at the last snapshot. */
  @Column('numeric', { precision: 38, scale: 18, nullable: true })
  last_snapshot_value!: string | null;

  /** Counts changes by people; a run does not increment it. */
  @Column('integer', { default: 1 })
  version!: number;

  @Column('timestamptz')
  created_at!: Date;

  @Column('timestamptz')
  updated_at!: Date;
}
