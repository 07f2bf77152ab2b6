import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** What one business agent said in one run. The key makes sure that it speaks once. Partitioned by the month of `run_id`. */
@Entity('agent_executions')
@Check('ck_agent_executions_status', `status IN ('success', 'unavailable', 'failed', 'timeout')`)
@Check('ck_agent_executions_mode', `mode IN ('rules', 'llm')`)
@Check('ck_agent_executions_score', `score BETWEEN -100 AND 100`)
@Check('ck_agent_executions_success', `status <> 'success' OR score IS NOT NULL`)
export class AgentExecution {
  @PrimaryColumn('uuid', { name: 'run_id', primaryKeyConstraintName: 'pk_agent_executions' })
  runId!: string;

  @PrimaryColumn('varchar', { name: 'agent_name', length: 64, primaryKeyConstraintName: 'pk_agent_executions' })
  agentName!: string;

  @Column('varchar', { length: 16 })
  status!: string;

  /** -100..100; null unless status is success. */
  @Column('double precision', { nullable: true })
  score!: number | null;

  @Column('varchar', { length: 8, nullable: true })
  signal!: string | null;

  /** 0..1. */
  @Column('double precision', { nullable: true })
  confidence!: number | null;

  @Column('text', { nullable: true })
  reasoning!: string | null;

  /** Factors present and absent. */
  @Column('jsonb')
  details!: unknown;

  @Column('varchar', { length: 8 })
  mode!: string;

  @Column('boolean', { default: false })
  degraded!: boolean;

  /** Row of `llm_calls`; null when no language model was asked. No foreign key: questions are kept apart. */
  @Column('uuid', { name: 'llm_call_id', nullable: true })
  llmCallId!: string | null;

  /** Base URL. */
  @Column('varchar', { name: 'llm_provider', length: 500, nullable: true })
  llmProvider!: string | null;

  @Column('varchar', { name: 'llm_model', length: 100, nullable: true })
  llmModel!: string | null;

  @Column('integer', { name: 'llm_tokens', nullable: true })
  llmTokens!: number | null;

  @Column('numeric', { name: 'llm_cost', precision: 38, scale: 18, nullable: true })
  llmCost!: string | null;

  @Column('jsonb', { nullable: true })
  error!: unknown;

  @Column('integer', { name: 'duration_ms' })
  durationMs!: number;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}
