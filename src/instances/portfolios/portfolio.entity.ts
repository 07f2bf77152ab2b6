import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, Unique } from 'typeorm';

/** An instance: a user's running copy of a definition, with its own money and params. */
@Entity('portfolios')
@Unique('uq_portfolios_number', ['userId', 'strategyDefinitionId', 'instanceNumber'])
@Index('ix_portfolios_active', ['strategyDefinitionId', 'id'], { where: '(is_active = true)' })
@Index('ix_portfolios_created', ['createdAt', 'id'])
@Index('ix_portfolios_return', ['totalPnlPercent', 'id'])
@Index('ix_portfolios_value', ['totalValue', 'id'])
@Index('ix_portfolios_listed', ['archivedAt', 'isActive', 'strategyDefinitionId', 'tradingMode', 'userId'])
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

  @Column('uuid', { name: 'user_id' })
  userId!: string;

  @ManyToOne('User', { nullable: false })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'fk_portfolios_user' })
  user?: unknown;

  @Column('integer', { name: 'strategy_definition_id' })
  strategyDefinitionId!: number;

  @ManyToOne('StrategyDefinition', { nullable: false })
  @JoinColumn({ name: 'strategy_definition_id', foreignKeyConstraintName: 'fk_portfolios_definition' })
  strategyDefinition?: unknown;

  /** Counts a user's instances of a definition from 1; never given twice. */
  @Column('integer', { name: 'instance_number' })
  instanceNumber!: number;

  @Column('varchar', { name: 'instance_name', length: 200 })
  instanceName!: string;

  /** What others see in place of a default name that holds a part of the owner's email; null: the name itself. */
  @Column('varchar', { name: 'public_name', length: 200, nullable: true })
  publicName!: string | null;

  /** The name in lower case, as lists look for it. The database computes it. */
  @Column({
    type: 'text',
    name: 'searched_name',
    select: false,
    insert: false,
    update: false,
    generatedType: 'STORED',
    asExpression: 'lower(instance_name COLLATE "und-x-icu")',
  })
  searchedName!: string;

  @Column({
    type: 'text',
    name: 'searched_public_name',
    nullable: true,
    select: false,
    insert: false,
    update: false,
    generatedType: 'STORED',
    asExpression: 'lower(public_name COLLATE "und-x-icu")',
  })
  searchedPublicName!: string | null;

  @Column('text', { name: 'instance_description' })
  instanceDescription!: string;

  /** A full copy: the definition's defaults with the user's values laid over them. */
  @Column('jsonb', { name: 'instance_params' })
  instanceParams!: Record<string, unknown>;

  @Column('integer', { name: 'params_version', default: 1 })
  paramsVersion!: number;

  @Column('varchar', { name: 'trading_mode', length: 8 })
  tradingMode!: 'paper' | 'live';

  /** Quote currency, like all money of the row. */
  @Column('numeric', { name: 'initial_balance', precision: 38, scale: 18 })
  initialBalance!: string;

  /** Free cash. */
  @Column('numeric', { name: 'current_balance', precision: 38, scale: 18 })
  currentBalance!: string;

  @Column('numeric', { name: 'total_value', precision: 38, scale: 18 })
  totalValue!: string;

  @Column('numeric', { name: 'total_pnl', precision: 38, scale: 18 })
  totalPnl!: string;

  /** Of the deposit, rounded to the eight places that are shown. The database computes it. */
  @Column({
    type: 'double precision',
    name: 'total_pnl_percent',
    insert: false,
    update: false,
    generatedType: 'STORED',
    asExpression: 'round(total_pnl * 100 / initial_balance, 8)::double precision',
  })
  totalPnlPercent!: number;

  /** Highest total value so far; the drawdown counts from it. */
  @Column('numeric', { name: 'peak_value', precision: 38, scale: 18 })
  peakValue!: string;

  @Column('integer', { name: 'total_trades', default: 0 })
  totalTrades!: number;

  @Column('integer', { name: 'winning_trades', default: 0 })
  winningTrades!: number;

  @Column('integer', { name: 'losing_trades', default: 0 })
  losingTrades!: number;

  /** Winning closes / closes, 0..1; null before the first close. */
  @Column('double precision', { name: 'win_rate', nullable: true })
  winRate!: number | null;

  /** 0..1 of the peak. */
  @Column('double precision', { name: 'max_drawdown', default: 0 })
  maxDrawdown!: number;

  @Column('double precision', { name: 'sharpe_ratio', nullable: true })
  sharpeRatio!: number | null;

  @Column('boolean', { name: 'is_active', default: () => 'true' })
  isActive!: boolean;

  /** Since when it runs without a stop; null while it is stopped. */
  @Column('timestamptz', { name: 'active_since', nullable: true })
  activeSince!: Date | null;

  @Column('timestamptz', { name: 'archived_at', nullable: true })
  archivedAt!: Date | null;

  @Column('integer', { name: 'consecutive_bullish_count', default: 0 })
  consecutiveBullishCount!: number;

  @Column('integer', { name: 'consecutive_bearish_count', default: 0 })
  consecutiveBearishCount!: number;

  @Column('double precision', { name: 'last_conviction_score', nullable: true })
  lastConvictionScore!: number | null;

  @Column('varchar', { name: 'last_signal', length: 8, nullable: true })
  lastSignal!: string | null;

  @Column('timestamptz', { name: 'last_execution_time', nullable: true })
  lastExecutionTime!: Date | null;

  /** The market's price that total_value was computed at; null: it never was at one. */
  @Column('numeric', { name: 'mark_price', precision: 38, scale: 18, nullable: true })
  markPrice!: string | null;

  /** When it was. */
  @Column('timestamptz', { name: 'marked_at', nullable: true })
  markedAt!: Date | null;

  /** When something last moved its cash between runs, a stop or the funding of a closed position; null: never. */
  @Column('timestamptz', { name: 'kept_at', nullable: true })
  keptAt!: Date | null;

  @Column('timestamptz', { name: 'last_snapshot_at', nullable: true })
  lastSnapshotAt!: Date | null;

  /** Total value at the last snapshot. */
  @Column('numeric', { name: 'last_snapshot_value', precision: 38, scale: 18, nullable: true })
  lastSnapshotValue!: string | null;

  /** Counts what people change; a run leaves it alone. */
  @Column('integer', { default: 1 })
  version!: number;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;
}
