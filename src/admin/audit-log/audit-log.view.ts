import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { QueryText } from '../../platform/http/input/query-values.js';
import { HistoryQuery } from '../../platform/http/paging.js';
import type { AuditRow } from './audit-log.store.js';

export class AuditActorView {
  @ApiProperty({ description: 'Id of the user.', format: 'uuid', example: '3f0c2a52-6f1e-4c39-9d57-0a4b6a1d1f10' })
  id!: string;

  @ApiProperty({
    description: 'The e-mail address at that time.',
    type: String,
    nullable: true,
    example: 'ada@example.com',
  })
  email!: string | null;
}

export class AuditEntryView {
  @ApiProperty({ description: 'Ascending id.', example: '42' })
  id!: string;

  @ApiProperty({ description: 'When.', format: 'date-time', example: '2025-01-01T00:00:00.000Z' })
  occurred_at!: string;

  @ApiProperty({
    description: 'Who acted; null: nobody was signed in, or the system.',
    type: AuditActorView,
    nullable: true,
  })
  actor!: AuditActorView | null;

  @ApiProperty({ description: 'What happened.', example: 'api.changed' })
  action!: string;

  @ApiProperty({ description: 'Type of target.', example: 'api' })
  target_type!: string;

  @ApiProperty({ description: 'Id or name of the target.', example: 'fred_api' })
  target_id!: string;

  @ApiProperty({
    description: 'The changed fields before; secrets hidden.',
    type: 'object',
    additionalProperties: true,
    nullable: true,
    example: { rate_limit: 120 },
  })
  before!: Record<string, unknown> | null;

  @ApiProperty({
    description: 'The changed fields after; secrets hidden.',
    type: 'object',
    additionalProperties: true,
    nullable: true,
    example: { rate_limit: 60 },
  })
  after!: Record<string, unknown> | null;

  @ApiProperty({
    description: 'X-Request-ID of the request.',
    type: String,
    nullable: true,
    example: '6f9d3a52-0f3e-4b52-9d57-0a4b6a1d1f10',
  })
  trace_id!: string | null;
}

export function toAuditEntryView(row: AuditRow): AuditEntryView {
  return {
    id: row.id,
    occurred_at: row.occurred_at.toISOString(),
    actor: row.actor_id === null ? null : { id: row.actor_id, email: row.actor_email },
    action: row.action,
    target_type: row.target_type,
    target_id: row.target_id,
    before: row.before,
    after: row.after,
    trace_id: row.trace_id,
  };
}

export class AuditLogQuery extends HistoryQuery {
  @ApiPropertyOptional({ description: 'Only this action, such as api.changed.', type: String })
  @QueryText(64)
  action?: string;

  @ApiPropertyOptional({
    description: 'Only actions of this user: id, or the e-mail address at that time.',
    type: String,
  })
  @QueryText(254)
  actor?: string;

  @ApiPropertyOptional({ description: 'Only this type of target, such as api or user.', type: String })
  @QueryText(64)
  target_type?: string;

  @ApiPropertyOptional({ description: 'Only the target with this id or name.', type: String })
  @QueryText(200)
  target?: string;
}
