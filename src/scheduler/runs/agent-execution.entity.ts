import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import type { AgentOutcome } from '../../business-agents/agent-outcome.js';

/** The analysis of one business agent in one run; the key allows only one. Partitioned by the month of `run_id`. */
@Entity('agent_executions')
@Check('ck_agent_executions_status', `status IN ('success', 'unavailable', 'failed', 'timeout')`)
@Check('ck_agent_executions_mode', `mode IN ('rules', 'llm')`)
@Check('ck_agent_executions_score', `score BETWEEN -100 AND 100`)
@Check('ck_agent_executions_success', `status <> 'success' OR score IS NOT NULL`)
export class AgentExecution {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_agent_executions' })
  run_id!: string;

  @PrimaryColumn('varchar', { length: 64, primaryKeyConstraintName: 'pk_agent_executions' })
  agent_name!: string;

  @Column('varchar', { length: 16 })
  status!: AgentOutcome['status'];

  /** -100..100; null unless status is success. */
  @Column('double precision', { nullable: true })
  score!: number | null;

  @Column('varchar', { length: 8, nullable: true })
  signal!: AgentOutcome['signal'];

  @Column('double precision', { nullable: true })
  confidence!: number | null;

  @Column('text', { nullable: true })
  reasoning!: string | null;

  /** Row of `llm_calls`; null when no language model was asked. No foreign key: calls are deleted separately. */
  @Column('jsonb')
  details!: AgentOutcome['details'];

  @Column('varchar', { length: 8 })
  mode!: AgentOutcome['mode'];

  @Column('boolean', { default: false })
  degraded!: boolean;

  @Column('uuid', { nullable: true })
  llm_call_id!: string | null;

  /** Base URL. */
  @Column('varchar', { length: 500, nullable: true })
  llm_provider!: string | null;

  @Column('varchar', { length: 100, nullable: true })
  llm_model!: string | null;

  @Column('integer', { nullable: true })
  llm_tokens!: number | null;

  @Column('numeric', { precision: 38, scale: 18, nullable: true })
  llm_cost!: string | null;

  @Column('jsonb', { nullable: true })
  error!: AgentOutcome['error'];

  @Column('integer')
  duration_ms!: number;

  @Column('timestamptz')
  created_at!: Date;
}
