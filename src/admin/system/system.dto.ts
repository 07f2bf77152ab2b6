import { ApiProperty } from '@nestjs/swagger';
import { ErrorView } from '../../instances/history/execution.dto.js';
import { RUN_STATUSES } from '../../scheduler/runs/strategy-run.entity.js';
import { ApiStateView, LanguageModelView, InvariantCheckView } from './system.view.js';

const TIME = '2026-01-15T12:00:00.000Z';
const RUN = '019a9c2e-7c00-7000-8000-000000000001';

/** The schedule of a definition. */
export class DefinitionStateView {
  @ApiProperty({ description: 'Id.', type: 'integer', example: 1 })
  id!: number;

  @ApiProperty({ description: 'Unique name.', example: 'multi_agent_btc_v1' })
  name!: string;

  @ApiProperty({ description: 'Display name.', example: 'Multi-agent BTC' })
  display_name!: string;

  @ApiProperty({ description: 'Whether it runs.', example: true })
  is_active!: boolean;

  @ApiProperty({ description: 'Minutes between two runs.', type: 'integer', example: 60 })
  rebalance_period_minutes!: number;

  @ApiProperty({
    description: 'Last scheduled run that was not skipped; null before the first.',
    type: String,
    format: 'uuid',
    nullable: true,
    example: RUN,
  })
  last_run_id!: string | null;

  @ApiProperty({ description: 'Its scheduled time.', type: String, format: 'date-time', nullable: true, example: TIME })
  last_tick_at!: string | null;

  @ApiProperty({
    description: 'Its state.',
    type: String,
    enum: [...RUN_STATUSES, null],
    nullable: true,
    example: 'completed',
  })
  last_status!: string | null;

  @ApiProperty({
    description: 'Seconds from the scheduled time to the start; null before the start.',
    type: Number,
    nullable: true,
    example: 0.412,
  })
  last_delay_seconds!: number | null;

  @ApiProperty({
    description: 'Next scheduled time; null while it is switched off.',
    type: String,
    format: 'date-time',
    nullable: true,
    example: '2026-01-15T13:00:00.000Z',
  })
  next_tick_at!: string | null;

  @ApiProperty({
    description: 'Seconds since the next tick should have been planned; above 2, no worker is planning.',
    example: 0,
  })
  lateness_seconds!: number;
}

export class QueueView {
  @ApiProperty({ description: 'Jobs waiting for a worker.', type: 'integer', example: 0 })
  waiting!: number;

  @ApiProperty({ description: 'Jobs in progress.', type: 'integer', example: 1 })
  active!: number;

  @ApiProperty({ description: 'Jobs waiting for their next attempt.', type: 'integer', example: 0 })
  delayed!: number;

  @ApiProperty({ description: 'Jobs that failed for good.', type: 'integer', example: 0 })
  failed!: number;
}

/** What a tool delivered to the last run of each active definition. */
export class SourceView {
  @ApiProperty({ description: 'Tool.', example: 'get_fear_greed' })
  tool!: string;

  @ApiProperty({
    description: 'Source of the latest value; null: no run had one.',
    type: String,
    nullable: true,
    example: 'simulated',
  })
  source!: string | null;

  @ApiProperty({
    description: 'When that value became known.',
    type: String,
    format: 'date-time',
    nullable: true,
    example: TIME,
  })
  observed_at!: string | null;

  @ApiProperty({ description: 'How old it is now.', type: Number, nullable: true, example: 5400 })
  age_seconds!: number | null;

  @ApiProperty({ description: 'Why values were missing.', type: [String], example: [] })
  absent!: string[];
}

/** A run of the last 24 hours that failed or was degraded, or one that is not finished after a minute. */
export class FailureView {
  @ApiProperty({ description: 'Run.', format: 'uuid', example: RUN })
  run_id!: string;

  @ApiProperty({ description: 'Definition.', type: 'integer', example: 1 })
  strategy_definition_id!: number;

  @ApiProperty({ description: 'Its name.', example: 'multi_agent_btc_v1' })
  definition_name!: string;

  @ApiProperty({ description: 'Tick of the run.', format: 'date-time', example: TIME })
  scheduled_for!: string;

  @ApiProperty({ description: 'State of the run.', enum: RUN_STATUSES, example: 'degraded' })
  status!: string;

  @ApiProperty({ description: 'When it was created.', format: 'date-time', example: TIME })
  created_at!: string;

  @ApiProperty({
    description: 'When it ended; null: it has not.',
    type: String,
    format: 'date-time',
    nullable: true,
    example: TIME,
  })
  finished_at!: string | null;

  @ApiProperty({ description: 'Why the run failed.', type: ErrorView, nullable: true })
  error!: ErrorView | null;

  @ApiProperty({ description: 'Failed strategies.', type: 'integer', example: 0 })
  failed_instances!: number;

  @ApiProperty({ description: 'Business agents without a score.', type: [String], example: ['onchain'] })
  missing_agents!: string[];

  @ApiProperty({
    description: 'Business agents whose language model did not deliver, so that their rules were used.',
    type: [String],
    example: ['macro'],
  })
  degraded_agents!: string[];
}

export class FailuresView {
  @ApiProperty({ description: 'How many there are.', type: 'integer', example: 1 })
  total!: number;

  @ApiProperty({ description: 'The newest 100.', type: [FailureView] })
  items!: FailureView[];
}

export class AgentVersionView {
  @ApiProperty({ description: 'Decision agent.', example: 'MultiAgentConvictionDecision' })
  name!: string;

  @ApiProperty({ description: 'Raised when the same inputs may give another decision.', example: '1.0.0' })
  version!: string;
}

export class VersionsView {
  @ApiProperty({ description: 'Version of the program.', example: '0.1.0' })
  program!: string;

  @ApiProperty({ description: 'Node.js.', example: '20.19.0' })
  node!: string;

  @ApiProperty({ description: 'PostgreSQL server.', example: '18.0' })
  postgresql!: string;

  @ApiProperty({ description: 'Last migration.', type: String, nullable: true, example: 'CreateTrading1763800500000' })
  schema!: string | null;

  @ApiProperty({ description: 'Decision agents.', type: [AgentVersionView] })
  decision_agents!: AgentVersionView[];
}

/** The process that answers; there may be others. */
export class ProcessView {
  @ApiProperty({ description: 'Role of the process.', enum: ['all', 'api', 'worker'], example: 'all' })
  role!: string;

  @ApiProperty({ description: 'Seconds since its start.', type: 'integer', example: 86400 })
  uptime_seconds!: number;

  @ApiProperty({ description: 'Resident memory.', type: 'integer', example: 183500800 })
  rss_bytes!: number;

  @ApiProperty({ description: 'Used heap.', type: 'integer', example: 73400320 })
  heap_used_bytes!: number;
}

export class SystemView {
  @ApiProperty({ description: 'Time of this answer, by the database.', format: 'date-time', example: TIME })
  at!: string;

  @ApiProperty({ description: 'Schedule of each definition.', type: [DefinitionStateView] })
  definitions!: DefinitionStateView[];

  @ApiProperty({ description: 'Job queue of all workers.', type: QueueView })
  queue!: QueueView;

  @ApiProperty({
    description: 'Market data source of the runs.',
    enum: ['simulated', 'replay', 'live'],
    example: 'simulated',
  })
  market!: string;

  @ApiProperty({ description: 'Tools and the age of their data.', type: [SourceView] })
  sources!: SourceView[];

  @ApiProperty({ description: 'State of each external API.', type: [ApiStateView] })
  apis!: ApiStateView[];

  @ApiProperty({ description: 'Each business agent whose LLM mode is on.', type: [LanguageModelView] })
  language_models!: LanguageModelView[];

  @ApiProperty({ description: 'Open failures.', type: FailuresView })
  failures!: FailuresView;

  @ApiProperty({
    description: 'The last check of the invariants; null before the first.',
    type: InvariantCheckView,
    nullable: true,
  })
  invariants!: InvariantCheckView | null;

  @ApiProperty({ description: 'Versions.', type: VersionsView })
  versions!: VersionsView;

  @ApiProperty({ description: 'The process that answers.', type: ProcessView })
  process!: ProcessView;

  @ApiProperty({ description: 'Whether real orders can be placed.', example: false })
  live_trading!: boolean;
}
