import { ApiProperty } from '@nestjs/swagger';

const RUN = { description: 'Id of the run.', format: 'uuid', example: '0199b2b4-5a3c-7f6e-9d57-0a4b6a1d1f10' };
const DEFINITION = { description: 'Id of the definition.', type: 'integer', example: 1 } as const;
const STRATEGY = {
  description: 'Id of the strategy.',
  format: 'uuid',
  example: '0199b2b4-1b2c-7d3e-8f90-a1b2c3d4e5f6',
};
const TIME = { format: 'date-time', example: '2026-01-31T12:00:00.000Z' };

/** `definition.tick`: a run was created. */
export class TickEventView {
  @ApiProperty(DEFINITION)
  strategy_definition_id!: number;

  @ApiProperty(RUN)
  run_id!: string;

  @ApiProperty({ description: 'Scheduled time of the run.', ...TIME })
  scheduled_for!: string;
}

/** `run.finished`: a run ended, completed or failed. */
export class RunEventView {
  @ApiProperty(DEFINITION)
  strategy_definition_id!: number;

  @ApiProperty(RUN)
  run_id!: string;

  @ApiProperty({ description: 'When it ended.', ...TIME })
  finished_at!: string;
}

export class RecordedExecutionView {
  @ApiProperty({ description: 'Id of the execution.', format: 'uuid', example: '0199b2b4-77aa-7c11-9e55-0d1c2b3a4f5e' })
  id!: string;

  @ApiProperty(STRATEGY)
  strategy_id!: string;
}

/** `executions.recorded`: a chunk of a run is done. Lists only the listener's own strategies. */
export class ExecutionsEventView {
  @ApiProperty(DEFINITION)
  strategy_definition_id!: number;

  @ApiProperty(RUN)
  run_id!: string;

  @ApiProperty({ description: 'The recorded executions.', type: [RecordedExecutionView] })
  executions!: RecordedExecutionView[];
}

/** `strategy.changed`: a user created, changed, stopped, started or archived it. */
export class StrategyEventView {
  @ApiProperty(STRATEGY)
  strategy_id!: string;

  @ApiProperty(DEFINITION)
  strategy_definition_id!: number;

  @ApiProperty({ description: 'Its current version.', type: 'integer', example: 2 })
  version!: number;
}

/** `strategies.valued`: values changed without a run, by a price or by closed positions. */
export class ValuationEventView {
  @ApiProperty(DEFINITION)
  strategy_definition_id!: number;

  @ApiProperty({ description: 'Time of the valuation.', ...TIME })
  valued_at!: string;
}

/** `ready`, `reset`, `heartbeat` and `end`: about the stream itself. */
export class StreamStateView {
  @ApiProperty({ description: 'Time of the event.', ...TIME })
  at!: string;

  @ApiProperty({
    description: 'Only with `end`: why the server closes the stream.',
    enum: ['stopping', 'signed_out'],
    required: false,
    example: 'stopping',
  })
  reason?: 'stopping' | 'signed_out';
}

export const EVENT_VIEWS = [
  TickEventView,
  RunEventView,
  ExecutionsEventView,
  StrategyEventView,
  ValuationEventView,
  StreamStateView,
];
