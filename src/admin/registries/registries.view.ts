import { ApiProperty } from '@nestjs/swagger';
import type { AgentRegistration } from '../../registry/agent-registration.entity.js';
import { LIMIT_PARAMETERS, type LimitParameter } from '../../registry/llm-settings.js';
import type { ApiConfig } from '../../registry/apis/api-config.entity.js';
import type { ToolRegistration } from '../../registry/tool-registration.entity.js';

/** What the three registries have in common. */
class RegistryView {
  @ApiProperty({ description: 'Display name.', example: 'The Oracle' })
  display_name!: string;

  @ApiProperty({ description: 'Description.', example: 'Reads the macro economy.' })
  description!: string;

  @ApiProperty({ description: 'Whether it is switched on.', example: true })
  is_active!: boolean;

  @ApiProperty({ description: 'Counts the changes; also in the ETag.', type: 'integer', example: 1 })
  version!: number;

  @ApiProperty({ description: 'When it was registered.', format: 'date-time', example: '2025-01-01T00:00:00.000Z' })
  created_at!: string;

  @ApiProperty({ description: 'When it was last changed.', format: 'date-time', example: '2025-01-01T00:00:00.000Z' })
  updated_at!: string;
}

export class AgentView extends RegistryView {
  @ApiProperty({ description: 'Name in definitions.', example: 'macro' })
  agent_name!: string;

  @ApiProperty({ description: 'Source file.', example: 'business-agents/macro/macro-agent' })
  agent_module!: string;

  @ApiProperty({ description: 'Class.', example: 'MacroAgent' })
  agent_class!: string;

  @ApiProperty({ description: 'Tools it uses.', type: [String], example: ['get_fear_greed', 'get_dxy'] })
  available_tools!: string[];

  @ApiProperty({ description: 'Whether a language model reviews the result of the rules.', example: false })
  llm_enabled!: boolean;

  @ApiProperty({
    description: 'Model name of the provider.',
    type: String,
    nullable: true,
    example: 'gpt-4o-mini',
  })
  llm_model!: string | null;

  @ApiProperty({
    description: 'USD per million input tokens; null: not set.',
    type: String,
    nullable: true,
    example: '0.15',
  })
  llm_input_price!: string | null;

  @ApiProperty({
    description: 'USD per million output tokens; null: not set.',
    type: String,
    nullable: true,
    example: '0.6',
  })
  llm_output_price!: string | null;

  @ApiProperty({ description: 'Daily budget in USD (UTC).', example: '1' })
  llm_daily_budget!: string;

  @ApiProperty({ description: 'Maximum tokens per answer.', type: 'integer', example: 600 })
  llm_answer_tokens!: number;

  @ApiProperty({
    description: 'Name of the token limit parameter.',
    enum: LIMIT_PARAMETERS,
    example: 'max_tokens',
  })
  llm_limit_parameter!: LimitParameter;

  @ApiProperty({ description: 'Whether temperature 0 is sent.', example: true })
  llm_sends_temperature!: boolean;

  @ApiProperty({
    description: 'Parameters that this provider or model needs, sent with each question.',
    type: 'object',
    additionalProperties: true,
    example: { enable_thinking: false },
  })
  llm_extra_parameters!: Record<string, unknown>;
}

export class ToolView extends RegistryView {
  @ApiProperty({ description: 'Name that agents use.', example: 'get_fear_greed' })
  tool_name!: string;

  @ApiProperty({ description: 'Source file.', example: 'market-data/tools/sentiment-tools' })
  tool_module!: string;

  @ApiProperty({ description: 'Function.', example: 'getFearGreed' })
  tool_function!: string;

  @ApiProperty({ description: 'APIs it uses.', type: [String], example: ['alternative_me_api'] })
  required_apis!: string[];

  @ApiProperty({ description: 'Settings.', type: 'object', additionalProperties: true, example: {} })
  config!: Record<string, unknown>;
}

export class ApiConfigView extends RegistryView {
  @ApiProperty({ description: 'Name that tools use.', example: 'fred_api' })
  api_name!: string;

  @ApiProperty({ description: 'Base URL.', example: 'https://api.stlouisfed.org' })
  base_url!: string;

  @ApiProperty({ description: 'Requests per minute.', type: 'integer', example: 120 })
  rate_limit!: number;

  @ApiProperty({ description: 'Whether a key is stored.', example: true })
  has_key!: boolean;

  @ApiProperty({ description: 'Whether a secret is stored.', example: false })
  has_secret!: boolean;

  @ApiProperty({
    description: 'Last four characters of the key; null without a key or for one under 12 characters.',
    type: String,
    nullable: true,
    example: '6789',
  })
  key_last4!: string | null;
}

export class ChangedApiView extends ApiConfigView {
  @ApiProperty({
    description: 'Whether this change removed the stored key or secret, because the address has another origin.',
    example: false,
  })
  key_removed!: boolean;
}

export function toAgentView(row: AgentRegistration): AgentView {
  return {
    agent_name: row.agent_name,
    ...toRegistryView(row),
    agent_module: row.agent_module,
    agent_class: row.agent_class,
    available_tools: row.available_tools,
    llm_enabled: row.llm_enabled,
    llm_model: row.llm_model,
    llm_input_price: row.llm_input_price,
    llm_output_price: row.llm_output_price,
    llm_daily_budget: row.llm_daily_budget,
    llm_answer_tokens: row.llm_answer_tokens,
    llm_limit_parameter: row.llm_limit_parameter,
    llm_sends_temperature: row.llm_sends_temperature,
    llm_extra_parameters: row.llm_extra_parameters,
  };
}

export function toToolView(row: ToolRegistration): ToolView {
  return {
    tool_name: row.tool_name,
    ...toRegistryView(row),
    tool_module: row.tool_module,
    tool_function: row.tool_function,
    required_apis: row.required_apis,
    config: row.config,
  };
}

/** Says that there is a key, never which. */
export function toApiConfigView(row: ApiConfig): ApiConfigView {
  return {
    api_name: row.api_name,
    ...toRegistryView(row),
    base_url: row.base_url,
    rate_limit: row.rate_limit,
    has_key: row.api_key_encrypted !== null,
    has_secret: row.api_secret_encrypted !== null,
    key_last4: row.key_last4,
  };
}

function toRegistryView(row: AgentRegistration | ToolRegistration | ApiConfig): RegistryView {
  return {
    display_name: row.display_name,
    description: row.description,
    is_active: row.is_active,
    version: row.version,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}
