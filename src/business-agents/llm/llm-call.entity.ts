import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Verdict } from '../../domain/analysis/score.js';
import type { LlmFailureCode } from './llm-failure.js';

/**
 * A question to a language model and its result. At most one call per content is pending or answered; later requests
 * for the same content share it.
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

  /** Base URL of the provider. */
  @Column('varchar', { length: 500 })
  provider!: string;

  @Column('varchar', { length: 100 })
  model!: string;

  /** SHA-256, hex, of provider, model and prompt. The prompt contains no time, so the hash is stable. */
  @Column('varchar', { length: 64 })
  content_hash!: string;

  @Column('jsonb')
  prompt!: readonly { readonly role: string; readonly content: string }[];

  @Column('varchar', { length: 16 })
  status!: 'asked' | 'answered' | 'failed';

  /**
   * The model's text, sanitized for storage (`sanitizeText`); null without an answer, or when it must not be stored.
   */
  @Column('text', { nullable: true })
  answer!: string | null;

  /** SHA-256, hex, of the stored `answer` in UTF-8. */
  @Column('varchar', { length: 64, nullable: true })
  answer_hash!: string | null;

  /** The validated verdict before limits. */
  @Column('jsonb', { nullable: true })
  verdict!: Verdict | null;

  @Column('jsonb', { nullable: true })
  error!: { readonly code: LlmFailureCode; readonly detail: string } | null;

  @Column('integer', { nullable: true })
  prompt_tokens!: number | null;

  @Column('integer', { nullable: true })
  completion_tokens!: number | null;

  /** USD reserved before the call. */
  @Column('numeric', { precision: 38, scale: 18 })
  reserved!: string;

  /** USD charged to the day's budget: the reserved amount until the actual cost is known. */
  @Column('numeric', { precision: 38, scale: 18 })
  cost!: string;

  @Column('boolean', { default: false })
  cost_known!: boolean;

  /** The day (UTC) whose budget is charged. */
  @Column('date')
  day!: string;

  @Column('timestamptz')
  asked_at!: Date;

  /** Without an answer by this time, the process that asked has died. */
  @Column('timestamptz')
  expires_at!: Date;

  @Column('timestamptz', { nullable: true })
  answered_at!: Date | null;

  /** When the call was made, or when its answer was last reused; by the database's clock. */
  @Column('timestamptz', { default: () => 'now()' })
  used_at!: Date;
}
