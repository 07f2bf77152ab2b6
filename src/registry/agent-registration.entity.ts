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
  @PrimaryColumn('varchar', { name: 'agent_name', length: 64, primaryKeyConstraintName: 'pk_agent_registry' })
  agentName!: string;

  @Column('varchar', { name: 'display_name', length: 200 })
  displayName!: string;

  @Column('text')
  description!: string;

  @Column('varchar', { name: 'agent_module', length: 200 })
  agentModule!: string;

  @Column('varchar', { name: 'agent_class', length: 200 })
  agentClass!: string;

  /** Names of the tools it calls. */
  @Column('jsonb', { name: 'available_tools' })
  availableTools!: string[];

  @Column('boolean', { name: 'is_active', default: true })
  isActive!: boolean;

  /** Whether a language model looks over what its rules say. */
  @Column('boolean', { name: 'llm_enabled', default: false })
  llmEnabled!: boolean;

  @Column('varchar', { name: 'llm_model', length: 100, nullable: true })
  llmModel!: string | null;

  /** USD for a million tokens that are read. */
  @Column('numeric', { ...AMOUNT, name: 'llm_input_price', nullable: true })
  llmInputPrice!: string | null;

  /** USD for a million tokens that are written. */
  @Column('numeric', { ...AMOUNT, name: 'llm_output_price', nullable: true })
  llmOutputPrice!: string | null;

  /** USD a day (UTC). */
  @Column('numeric', { ...AMOUNT, name: 'llm_daily_budget', default: 1 })
  llmDailyBudget!: string;

  /** Tokens that an answer may take, those of a model's reasoning included. */
  @Column('integer', { name: 'llm_answer_tokens', default: 600 })
  llmAnswerTokens!: number;

  /** By which parameter the model takes that. */
  @Column('varchar', { name: 'llm_limit_parameter', length: 32, default: 'max_tokens' })
  llmLimitParameter!: LimitParameter;

  /** Whether temperature 0 is asked for: some models refuse to be told one. */
  @Column('boolean', { name: 'llm_sends_temperature', default: true })
  llmSendsTemperature!: boolean;

  @Column('integer', { default: 1 })
  version!: number;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;
}
