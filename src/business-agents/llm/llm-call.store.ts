import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, Not, type EntityManager } from 'typeorm';
import type { Row } from '../../platform/database/row.js';
import { LlmCall } from './llm-call.entity.js';
import type { LlmSpending } from './llm-spending.entity.js';
import { Money, toText } from '../../domain/money/decimal.js';
import { sanitizeJson, sanitizeText } from '../../platform/database/database-text.js';
import { uuidv7 } from '../../platform/database/uuid.js';
import type { LlmSettings } from '../../registry/llm-settings.js';
import { LlmFailure, type Cost, type FailureCost } from './llm-failure.js';
import type { Question } from './question.js';
import type { Verdict } from '../../domain/analysis/score.js';

export type CallState = Pick<Row<LlmCall>, 'id' | 'status' | 'verdict' | 'error' | 'expires_at'>;

/** `mine`: this process makes the call. `other`: the call is pending or answered. */
export type Claim =
  | { readonly kind: 'mine'; readonly id: string }
  | { readonly kind: 'other'; readonly call: CallState }
  | { readonly kind: 'budget_spent' }
  /** A conflicting call ended without an answer, or was deleted with its month, at this very moment: claim again. */
  | { readonly kind: 'in_between' };

/** The result of a call. */
export interface CallEnding {
  readonly verdict: Verdict | null;
  readonly failure: LlmFailure | null;
  readonly text: string | null;
  readonly told: FailureCost;
  readonly cost: Cost;
}

const STATE = { id: true, status: true, verdict: true, error: true, expires_at: true } as const;

class BudgetSpent extends Error {}

/** SQL of calls to language models and their spending. */
@Injectable()
export class LlmCallStore {
  constructor(private readonly database: DataSource) {}

  /**
   * Claims a question for this process and reserves its maximum cost, unless the same content is pending or answered,
   * or the day's budget is too small. One transaction, so that a process that dies leaves either nothing or a call that
   * counts.
   */
  async claim(
    agent: string,
    question: Question,
    settings: LlmSettings,
    reserved: Money,
    now: Date,
    expiresAt: Date,
  ): Promise<Claim> {
    const known = await this.present(question.hash, this.database.manager);
    if (known?.status === 'answered')
      return (await this.use(known.id)) ? { kind: 'other', call: known } : { kind: 'in_between' };
    if (known && known.expires_at > now) return { kind: 'other', call: known };
    try {
      return await this.database.transaction(async (manager) => {
        await manager.query(
          `UPDATE llm_calls SET status = 'failed', error = $3, answered_at = $2
           WHERE content_hash = $1 AND status = 'asked' AND expires_at <= $2`,
          [question.hash, now, JSON.stringify(ABANDONED)],
        );
        const id = uuidv7(now.getTime());
        const day = now.toISOString().slice(0, 10);
        const rows = await manager.query<unknown[]>(
          `INSERT INTO llm_calls (id, agent_name, provider, model, content_hash, prompt, status, reserved, cost, day,
             asked_at, expires_at)
           VALUES ($1, $2, $3, $4, $5, $6, 'asked', $7, $7, $8, $9, $10)
           ON CONFLICT (content_hash) WHERE status <> 'failed' DO NOTHING RETURNING id`,
          [
            id,
            agent,
            settings.provider,
            settings.model,
            question.hash,
            sanitizeJson(question.messages),
            toText(reserved),
            day,
            now,
            expiresAt,
          ],
        );
        if (rows.length === 0) {
          const call = await this.present(question.hash, manager);
          return call ? { kind: 'other', call } : { kind: 'in_between' };
        }
        await this.reserve(manager, { agent_name: agent, day, spent: toText(reserved) }, settings.dailyBudget);
        return { kind: 'mine', id };
      });
    } catch (error) {
      if (error instanceof BudgetSpent) return { kind: 'budget_spent' };
      throw error;
    }
  }

  /** @throws Error for an unknown call. */
  async state(id: string): Promise<CallState> {
    const call = await this.database.manager.findOne(LlmCall, { select: STATE, where: { id } });
    if (!call) throw new Error(`There is no call ${id}.`);
    return call;
  }

  /**
   * Stores the result of a call and replaces the reserved amount by the actual cost. Idempotent. @returns false,
   * without changes, when the call has expired or already ended.
   */
  async end(id: string, { verdict, failure, text, told, cost }: CallEnding, now: Date): Promise<boolean> {
    const usage = typeof told === 'object' ? told : null;
    const error = failure && { code: failure.code, detail: failure.detail };
    const answer = text === null ? null : sanitizeText(text);
    const rows = await this.database.query<unknown[]>(
      `WITH ended AS (
         UPDATE llm_calls SET status = $2, verdict = $3, error = $4, answer = $5, answer_hash = $6,
           prompt_tokens = $7, completion_tokens = $8, cost = $9, cost_known = $10, answered_at = $11
         WHERE id = $1 AND status = 'asked' RETURNING agent_name, day, reserved),
       settled AS (
         UPDATE llm_spending s SET spent = s.spent - ended.reserved + $9::numeric
         FROM ended WHERE s.agent_name = ended.agent_name AND s.day = ended.day)
       SELECT 1 FROM ended`,
      [
        id,
        failure ? 'failed' : 'answered',
        verdict && sanitizeJson(verdict),
        error && sanitizeJson(error),
        answer,
        answer === null ? null : createHash('sha256').update(answer).digest('hex'),
        usage?.prompt ?? null,
        usage?.completion ?? null,
        toText(cost.amount),
        cost.isKnown,
        now,
      ],
    );
    return rows.length > 0;
  }

  /**
   * Marks an answer as used, so that it is not deleted before the analysis based on it is stored. @returns false if it
   * was just deleted.
   */
  private async use(id: string): Promise<boolean> {
    const { affected } = await this.database.manager.update(LlmCall, { id }, { used_at: () => 'clock_timestamp()' });
    return affected === 1;
  }

  /** The row lock serializes processes. @throws BudgetSpent. */
  private async reserve(
    manager: EntityManager,
    { agent_name, day, spent }: Row<LlmSpending>,
    dailyBudget: Money,
  ): Promise<void> {
    const rows = await manager.query<unknown[]>(
      `INSERT INTO llm_spending AS s (agent_name, day, spent)
       SELECT $1, $2, $3::numeric WHERE $3::numeric <= $4::numeric
       ON CONFLICT (agent_name, day) DO UPDATE SET spent = s.spent + excluded.spent
         WHERE s.spent + excluded.spent <= $4::numeric
       RETURNING spent`,
      [agent_name, day, spent, toText(dailyBudget)],
    );
    if (rows.length === 0) throw new BudgetSpent();
  }

  /** The pending or answered call of a content. */
  private async present(hash: string, manager: EntityManager): Promise<CallState | null> {
    return manager.findOne(LlmCall, { select: STATE, where: { content_hash: hash, status: Not('failed') } });
  }
}

/** Stored for a call whose process ended before the answer came. */
const ABANDONED = {
  code: 'llm_timed_out',
  detail: 'The process that asked ended before the answer came.',
} as const;

/**
 * Status and error of an `llm_calls` row at a given time, as SQL. A call that is still `asked` after its expiry counts
 * as failed. Only the next request for the same content stores that, which may never happen.
 *
 * @param table alias of `llm_calls`.
 * @param at the time: a parameter of the statement, such as `$2`.
 */
export function callAsOf(table: string, at: string): { readonly status: string; readonly error: string } {
  const gone = `${table}.status = 'asked' AND ${table}.expires_at <= ${at}`;
  return {
    status: `CASE WHEN ${gone} THEN 'failed' ELSE ${table}.status END`,
    error: `CASE WHEN ${gone} THEN '${JSON.stringify(ABANDONED)}'::jsonb ELSE ${table}.error END`,
  };
}
