import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { LlmCall } from '../../business-agents/llm/llm-call.entity.js';
import type { Row } from '../../platform/database/row.js';
import { callAsOf } from '../../business-agents/llm/llm-call.store.js';

export interface LlmCallRow extends Pick<
  Row<LlmCall>,
  | 'id'
  | 'agent_name'
  | 'provider'
  | 'model'
  | 'content_hash'
  | 'answer_hash'
  | 'prompt_tokens'
  | 'completion_tokens'
  | 'cost'
  | 'cost_known'
  | 'asked_at'
  | 'answered_at'
> {
  /** These two as they stand at the moment that it is read. */
  readonly status: string;
  readonly error: { readonly code: string; readonly detail: string } | null;
}

export type LlmCallDetailRow = LlmCallRow & Pick<Row<LlmCall>, 'prompt' | 'answer' | 'verdict'>;

/** Which questions to list; null lets everything through. */
export interface LlmCallFilter {
  readonly agent: string | null;
  readonly status: string | null;
  readonly runId: string | null;
  readonly from: Date | null;
  /** Not included. */
  readonly to: Date | null;
}

/** At the moment that the statement has as its first parameter. */
const AS_OF = callAsOf('c', '$1');
const COLUMNS = `c.id, c.agent_name, c.provider, c.model, ${AS_OF.status} AS status, c.content_hash, c.answer_hash,
  ${AS_OF.error} AS error, c.prompt_tokens, c.completion_tokens, c.cost, c.cost_known, c.asked_at, c.answered_at`;

/** The statements by which questions to language models are read. */
@Injectable()
export class LlmCallsStore {
  constructor(private readonly database: DataSource) {}

  /** As they stand at `now`: newest first, those before `before` (an id; ids are ordered by time). */
  async list(filter: LlmCallFilter, before: string | null, limit: number, now: Date): Promise<LlmCallRow[]> {
    return this.database.query(
      `SELECT ${COLUMNS} FROM llm_calls c
       WHERE ($8::uuid IS NULL OR c.id < $8) AND ($3::text IS NULL OR c.agent_name = $3)
         AND ($4::text IS NULL OR ${AS_OF.status} = $4)
         AND ($5::uuid IS NULL OR c.id IN (SELECT a.llm_call_id FROM agent_executions a WHERE a.run_id = $5))
         AND ($6::timestamptz IS NULL OR c.asked_at >= $6) AND ($7::timestamptz IS NULL OR c.asked_at < $7)
       ORDER BY c.id DESC LIMIT $2`,
      [now, limit, filter.agent, filter.status, filter.runId, filter.from, filter.to, before],
    );
  }

  /** As it stands at `now`. */
  async find(id: string, now: Date): Promise<LlmCallDetailRow | null> {
    const [row] = await this.database.query<LlmCallDetailRow[]>(
      `SELECT ${COLUMNS}, c.prompt, c.answer, c.verdict FROM llm_calls c WHERE c.id = $2`,
      [now, id],
    );
    return row ?? null;
  }
}
