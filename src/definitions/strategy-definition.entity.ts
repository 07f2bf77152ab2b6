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

  @Column('varchar', { length: 100 })
  display_name!: string;

  @Column('text')
  description!: string;

  /** Compared with the decision agent's own module name; never imported. */
  @Column('varchar', { length: 200 })
  decision_agent_module!: string;

  @Column('varchar', { length: 200 })
  decision_agent_class!: string;

  /** Names of business agents, in the order they are shown in. */
  @Column('jsonb')
  business_agents!: string[];

  /** Compared with the names of the channels that the program has; the table knows none. */
  @Column('varchar', { length: 32 })
  trade_channel!: string;

  @Column('varchar', { length: 20 })
  trade_symbol!: string;

  @Column('integer')
  rebalance_period_minutes!: number;

  @Column('jsonb')
  default_params!: Record<string, unknown>;

  @Column('boolean', { default: () => 'true' })
  is_active!: boolean;

  /** Null: the scheduler works it out at its next heartbeat. */
  @Column('timestamptz', { nullable: true })
  next_run_at!: Date | null;

  /** Counts what people change; a run leaves it alone. */
  @Column('integer', { default: 1 })
  version!: number;

  @Column('timestamptz', { default: () => 'now()' })
  created_at!: Date;

  @Column('timestamptz', { default: () => 'now()' })
  updated_at!: Date;
}
