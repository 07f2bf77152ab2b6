import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Verdict } from '../../domain/analysis/score.js';
import type { LlmFailureCode } from './llm-failure.js';

/**
 * A question to a language model, and what came of it. Of each content there is at most one that waits for its answer or
 * has it: others who ask the same get that one.
 */
@Entity('llm_calls')
@Index('uq_llm_calls_content', ['content_hash'], { unique: true, where: `((status)::text <> 'failed'::text)` })
@Index('ix_llm_calls_agent', ['agent_name', 'id'])
@Check('ck_llm_calls_status', `status IN ('asked', 'answered', 'failed')`)
@Check('ck_llm_calls_answered', `status <> 'answered' OR verdict IS NOT NULL`)
@Check('ck_llm_calls_cost', `reserved >= 0 AND reserved <> 'NaN' AND cost >= 0 AND cost <> 'NaN'`)
export class LlmCall {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_llm_calls' })
  id!: string;

  @Column('varchar', { length: 64 })
  agent_name!: string;

  /** Base URL at which it was asked. */
  @Column('varchar', { length: 500 })
  provider!: string;

  @Column('varchar', { length: 100 })
  model!: string;

  /** SHA-256, hex, of provider, model and prompt, in which no time occurs. */
  @Column('varchar', { length: 64 })
  content_hash!: string;

  /** The messages. */
  @Column('jsonb')
  prompt!: readonly { readonly role: string; readonly content: string }[];

  @Column('varchar', { length: 16 })
  status!: 'asked' | 'answered' | 'failed';

  /** What was written, as far as text can be stored (`sanitizeText`); null without one, or where it must not be kept. */
  @Column('text', { nullable: true })
  answer!: string | null;

  /** SHA-256, hex, of `answer` in UTF-8: of what is stored. */
  @Column('varchar', { length: 64, nullable: true })
  answer_hash!: string | null;

  /** What was answered, checked and before any limit. */
  @Column('jsonb', { nullable: true })
  verdict!: Verdict | null;

  @Column('jsonb', { nullable: true })
  error!: { readonly code: LlmFailureCode; readonly detail: string } | null;

  @Column('integer', { nullable: true })
  prompt_tokens!: number | null;

  @Column('integer', { nullable: true })
  completion_tokens!: number | null;

  /** USD that were set aside before it was asked. */
  @Column('numeric', { precision: 38, scale: 18 })
  reserved!: string;

  /** USD of the day's budget that it takes: what was set aside until it is known. */
  @Column('numeric', { precision: 38, scale: 18 })
  cost!: string;

  @Column('boolean', { default: false })
  cost_known!: boolean;

  /** The day (UTC) whose budget it takes from. */
  @Column('date')
  day!: string;

  @Column('timestamptz')
  asked_at!: Date;

  /** Without an answer by then, the asking process is gone. */
  @Column('timestamptz')
  expires_at!: Date;

  @Column('timestamptz', { nullable: true })
  answered_at!: Date | null;

  /** When it was asked, or last answered somebody from the store; the database's time. */
  @Column('timestamptz', { default: () => 'now()' })
  used_at!: Date;
}
