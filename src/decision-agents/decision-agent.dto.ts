import { ApiProperty } from '@nestjs/swagger';
import { DEFAULT_CONVICTION_PARAMS } from '../domain/decision/multi-agent-conviction/params.js';

/** A decision agent, as the console needs it to build a form for its params. */
export class DecisionAgentView {
  @ApiProperty({ description: '`decision_agent_class` of a definition.', example: 'MultiAgentConvictionDecision' })
  name!: string;

  @ApiProperty({
    description: '`decision_agent_module` of a definition.',
    example: 'domain/decision/multi-agent-conviction/multi-agent-conviction-decision',
  })
  module!: string;

  @ApiProperty({ description: 'Raised when the same inputs may give another decision than before.', example: '1.0.0' })
  version!: string;

  @ApiProperty({ description: 'What it does, in words.', example: 'Weighs the scores of the business agents.' })
  description!: string;

  @ApiProperty({
    description: 'JSON Schema (2020-12) of complete params for these business agents.',
    type: 'object',
    additionalProperties: true,
    example: { type: 'object', properties: { buy_threshold: { type: 'number', minimum: 0, maximum: 100 } } },
  })
  params_schema!: Record<string, unknown>;

  @ApiProperty({
    description: 'Params that are used where none are given.',
    type: 'object',
    additionalProperties: true,
    example: DEFAULT_CONVICTION_PARAMS,
  })
  default_params!: Record<string, unknown>;

  @ApiProperty({
    description: 'The business agents it was made for.',
    type: [String],
    example: ['macro', 'onchain', 'ta'],
  })
  business_agents!: string[];

  @ApiProperty({
    description:
      'What it reads of their analyses besides the score: business agent -> names of outputs. An evaluation takes these and no others.',
    type: 'object',
    additionalProperties: { type: 'array', items: { type: 'string' } },
    example: { ta_momentum: ['signal', 'strength', 'confidence', 'atr'] },
  })
  outputs_read!: Record<string, string[]>;
}
