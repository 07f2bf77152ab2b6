import { ApiProperty } from '@nestjs/swagger';
import { DecisionView } from '../../decision-agents/decision.dto.js';
import { ErrorView } from '../history/execution.dto.js';

/** Any JSON value, in the words of OpenAPI. */
const ANY_JSON = {
  nullable: true,
  oneOf: [
    { type: 'string' },
    { type: 'number' },
    { type: 'boolean' },
    { type: 'object', additionalProperties: true },
    { type: 'array', items: {} },
  ],
};

export class DifferenceView {
  @ApiProperty({ description: 'Path to the field, with dots.', example: 'reasons.0.conviction' })
  field!: string;

  @ApiProperty({ description: 'What is stored; null where it is missing.', example: 61.5, ...ANY_JSON })
  stored!: unknown;

  @ApiProperty({ description: 'What was computed; null where it is missing.', example: 58.25, ...ANY_JSON })
  computed!: unknown;
}

export class DecidedBy {
  @ApiProperty({ description: 'Decision agent.', example: 'MultiAgentConvictionDecision' })
  name!: string;

  @ApiProperty({ description: 'Its version now.', example: '1.0.0' })
  version!: string;

  @ApiProperty({
    description: 'Its version in the run; null: not recorded. Another version may decide differently.',
    type: String,
    nullable: true,
    example: '1.0.0',
  })
  version_then!: string | null;
}

/** A stored decision, computed once more. */
export class ReplayView {
  @ApiProperty({ description: 'Whether every field equals the stored one.', example: true })
  identical!: boolean;

  @ApiProperty({ description: 'The fields that differ.', type: [DifferenceView], example: [] })
  differences!: DifferenceView[];

  @ApiProperty({
    description: 'The decision as computed now; null when it failed.',
    type: DecisionView,
    nullable: true,
  })
  decision!: DecisionView | null;

  @ApiProperty({
    description: 'Why it failed now.',
    type: ErrorView,
    nullable: true,
    example: null,
  })
  error!: ErrorView | null;

  @ApiProperty({ description: 'The decision agent.', type: DecidedBy })
  decision_agent!: DecidedBy;
}
