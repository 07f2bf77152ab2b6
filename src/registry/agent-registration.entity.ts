import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import { plainText } from '../domain/money/decimal.js';
import type { LimitParameter } from './llm-settings.js';

/** USD, without the zeros that the database adds: equal amounts are equal texts. */
const AMOUNT = {
  precision: 38,
  scale: 18,
  transformer: { to: (text: string | null) => text, from: (text: string | null) => text && plainText(text) },
};

/** The switch of one business agent; what it is comes from the code. */
@Entity('agent_registry')
@Check(
  'ck_agent_registry_llm_complete',
  `NOT llm_enabled OR (llm_model IS NOT NULL AND llm_input_price IS NOT NULL AND llm_output_price IS NOT NULL)`,
)
@Check(
  'ck_agent_registry_llm_amounts',
  `llm_input_price BETWEEN 0 AND 1000000 AND llm_output_price BETWEEN 0 AND 1000000 AND llm_daily_budget BETWEEN 0 AND 1000000`,
)
@Check('ck_agent_registry_llm_answer_tokens', `llm_answer_tokens BETWEEN 100 AND 100000`)
@Check('ck_agent_registry_llm_limit_parameter', `llm_limit_parameter IN ('max_tokens', 'max_completion_tokens')`)
export class AgentRegistration {
  @PrimaryColumn('varchar', { length: 64, primaryKeyConstraintName: 'pk_agent_registry' })
  agent_name!: string;

  @Column('varchar', { length: 200 })
  display_name!: string;

  @Column('text')
  description!: string;

  @Column('varchar', { length: 200 })
  agent_module!: string;

  @Column('varchar', { length: 200 })
  agent_class!: string;

  /** Names of the tools it calls. */
  @Column('jsonb')
  available_tools!: string[];

  @Column('boolean', { default: true })
  is_active!: boolean;

  /** Whether a language model looks over what its rules say. */
  @Column('boolean', { default: false })
  llm_enabled!: boolean;

  @Column('varchar', { length: 100, nullable: true })
  llm_model!: string | null;

  /** USD for a million tokens that are read. */
  @Column('numeric', { ...AMOUNT, nullable: true })
  llm_input_price!: string | null;

  /** USD for a million tokens that are written. */
  @Column('numeric', { ...AMOUNT, nullable: true })
  llm_output_price!: string | null;

  /** USD a day (UTC). */
  @Column('numeric', { ...AMOUNT, default: 1 })
  llm_daily_budget!: string;

  /** Tokens that an answer may take, those of a model's reasoning included. */
  @Column('integer', { default: 600 })
  llm_answer_tokens!: number;

  /** By which parameter the model takes that. */
  @Column('varchar', { length: 32, default: 'max_tokens' })
  llm_limit_parameter!: LimitParameter;

  /** Whether temperature 0 is asked for: some models refuse to be told one. */
  @Column('boolean', { default: true })
  llm_sends_temperature!: boolean;

  /** Sent to the provider with each question, for models that need a parameter of their own. */
  @Column('jsonb', { default: () => "'{}'" })
  llm_extra_parameters!: Record<string, unknown>;

  @Column('integer', { default: 1 })
  version!: number;

  @Column('timestamptz', { default: () => 'now()' })
  created_at!: Date;

  @Column('timestamptz', { default: () => 'now()' })
  updated_at!: Date;
}
