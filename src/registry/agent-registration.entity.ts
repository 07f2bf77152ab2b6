import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import { plainText } from '../domain/money/decimal.js';
import type { LimitParameter } from './llm-settings.js';

/** USD, without the trailing zeros of the database: equal amounts are equal texts. */
const AMOUNT = {
  precision: 38,
  scale: 18,
  transformer: { to: (text: string | null) => text, from: (text: string | null) => text && plainText(text) },
};

/** The switch and the language model settings of one business agent; what it is comes from the code. */
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

  @Column('jsonb')
  available_tools!: string[];

  @Column('boolean', { default: true })
  is_active!: boolean;

  /** Whether a language model reviews the result of its rules. */
  @Column('boolean', { default: false })
  llm_enabled!: boolean;

  @Column('varchar', { length: 100, nullable: true })
  llm_model!: string | null;

  /** USD per million input tokens. */
  @Column('numeric', { ...AMOUNT, nullable: true })
  llm_input_price!: string | null;

  /** USD per million output tokens. */
  @Column('numeric', { ...AMOUNT, nullable: true })
  llm_output_price!: string | null;

  /** USD per day (UTC). */
  @Column('numeric', { ...AMOUNT, default: 1 })
  llm_daily_budget!: string;

  /** Most tokens of an answer, those of the model's reasoning included. */
  @Column('integer', { default: 600 })
  llm_answer_tokens!: number;

  /** Parameter of the request that carries this limit. */
  @Column('varchar', { length: 32, default: 'max_tokens' })
  llm_limit_parameter!: LimitParameter;

  /** Whether temperature 0 is sent; some models refuse the parameter. */
  @Column('boolean', { default: true })
  llm_sends_temperature!: boolean;

  /** Sent to the provider with each request, for models that need further parameters. */
  @Column('jsonb', { default: () => "'{}'" })
  llm_extra_parameters!: Record<string, unknown>;

  @Column('integer', { default: 1 })
  version!: number;

  @Column('timestamptz', { default: () => 'now()' })
  created_at!: Date;

  @Column('timestamptz', { default: () => 'now()' })
  updated_at!: Date;
}
