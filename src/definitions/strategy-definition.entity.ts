import { Check, Column, Entity, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** A strategy template. Instances keep their own copy of the params: a change here reaches none of them. */
@Entity('strategy_definitions')
@Unique('uq_strategy_definitions_name', ['name'])
@Check('ck_strategy_definitions_period', `rebalance_period_minutes BETWEEN 1 AND 10080`)
export class StrategyDefinition {
  @PrimaryGeneratedColumn('identity', {
    type: 'integer',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'pk_strategy_definitions',
  })
  id!: number;

  @Column('varchar', { length: 100 })
  name!: string;

  @Column('varchar', { name: 'display_name', length: 100 })
  displayName!: string;

  @Column('text')
  description!: string;

  /** Compared with the decision agent's own module name; never imported. */
  @Column('varchar', { name: 'decision_agent_module', length: 200 })
  decisionAgentModule!: string;

  @Column('varchar', { name: 'decision_agent_class', length: 200 })
  decisionAgentClass!: string;

  /** Names of business agents, in the order they are shown in. */
  @Column('jsonb', { name: 'business_agents' })
  businessAgents!: string[];

  /** Compared with the names of the channels that the program has; the table knows none. */
  @Column('varchar', { name: 'trade_channel', length: 32 })
  tradeChannel!: string;

  @Column('varchar', { name: 'trade_symbol', length: 20 })
  tradeSymbol!: string;

  @Column('integer', { name: 'rebalance_period_minutes' })
  rebalancePeriodMinutes!: number;

  @Column('jsonb', { name: 'default_params' })
  defaultParams!: Record<string, unknown>;

  @Column('boolean', { name: 'is_active', default: () => 'true' })
  isActive!: boolean;

  /** Null: the scheduler works it out at its next heartbeat. */
  @Column('timestamptz', { name: 'next_run_at', nullable: true })
  nextRunAt!: Date | null;

  /** Counts what people change; a run leaves it alone. */
  @Column('integer', { default: 1 })
  version!: number;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;
}
