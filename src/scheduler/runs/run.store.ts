import { Injectable } from '@nestjs/common';
import { DataSource, type FindOptionsWhere } from 'typeorm';
import type { FailureCode } from '../../domain/failure-codes.js';
import type { Row } from '../../platform/database/row.js';
import { sanitizeJson } from '../../platform/database/database-text.js';
import type { RunContext } from './run-context.js';
import { StrategyRun } from './strategy-run.entity.js';

/** A run that was begun this often without being divided fails; the next tick is a new run. */
export const MOST_ATTEMPTS = 10;

/** A run that waited this long is skipped. ExecutionStore.list relies on it. */
const LONGEST_WAIT = '7 days';

const RUN_EXPIRED: RunError = { code: 'run_expired', message: 'No worker took this run for a week.' };
const TICK_MISSED: RunError = {
  code: 'tick_missed',
  message: 'No run took place at this time; a later run covered it.',
};

/**
 * Columns of a {@link RunContext}, from `strategy_runs r` and `strategy_definitions d`. A run with analyses retains the
 * agents that made them, even when the definition names others by now.
 */
export const RUN_CONTEXT_COLUMNS = `r.id, r.definition_id, d.name AS definition_name,
  coalesce(r.business_agents, d.business_agents) AS business_agents,
  coalesce(r.decision_agent_class, d.decision_agent_class) AS decision_agent_class,
  d.trade_channel, d.trade_symbol, r.scheduled_for, r.started_at, r.market_snapshot, r.slippage_bps`;

/** A worker's claim on a run; the number of the attempt distinguishes it from earlier claims. */
export type RunClaim = Pick<Row<StrategyRun>, 'id' | 'attempts'>;

/** A claimed run and its market. */
export type ClaimedRun = RunClaim &
  Pick<RunContext, 'definition_id' | 'definition_name' | 'trade_channel' | 'trade_symbol'>;

/** Why a run failed; stored and shown to users. */
export interface RunError {
  /** Stable, snake_case. */
  readonly code: FailureCode;
  readonly message: string;
}

/** Statements on runs until they are divided into chunks. */
@Injectable()
export class RunStore {
  constructor(private readonly database: DataSource) {}

  /**
   * Skips a scheduled run that was not begun before its next tick, and any run that was not divided within a week. Late
   * ticks coalesce into the latest one, because all of them would trade at the same time and price.
   */
  async skipIfOutdated(id: string, now: Date): Promise<boolean> {
    const [, skipped] = await this.database.query<[unknown[], number]>(
      `UPDATE strategy_runs r SET status = 'skipped', finished_at = $3, lease_until = NULL,
         error = CASE WHEN r.created_at < $3::timestamptz - interval '${LONGEST_WAIT}' THEN $4::jsonb ELSE $2 END
       WHERE r.id = $1 AND (
         (r.status = 'queued' AND r.trigger = 'schedule' AND EXISTS (
           SELECT 1 FROM strategy_runs later WHERE later.definition_id = r.definition_id AND later.trigger = 'schedule'
             AND later.scheduled_for > r.scheduled_for))
         OR (r.status IN ('queued', 'analysing') AND r.created_at < $3::timestamptz - interval '${LONGEST_WAIT}'
           AND (r.lease_until IS NULL OR r.lease_until <= $3)))`,
      [id, JSON.stringify(TICK_MISSED), now, JSON.stringify(RUN_EXPIRED)],
    );
    return skipped > 0;
  }

  /** Claims a run until `leaseUntil`. @returns null when it is finished, divided, or claimed by another worker. */
  async claimForAnalysis(id: string, now: Date, leaseUntil: Date): Promise<ClaimedRun | null> {
    const [rows] = await this.database.query<[ClaimedRun[], number]>(
      `UPDATE strategy_runs r SET status = 'analysing', lease_until = $3, attempts = r.attempts + 1
       FROM strategy_definitions d
       WHERE r.id = $1 AND d.id = r.definition_id AND r.status IN ('queued', 'analysing')
         AND (r.lease_until IS NULL OR r.lease_until <= $2)
       RETURNING r.id, r.attempts, r.definition_id, d.name AS definition_name, d.trade_channel, d.trade_symbol`,
      [id, now, leaseUntil],
    );
    return rows[0] ?? null;
  }

  /**
   * Begins a run now, with the current definition. A run for which an earlier worker stored an analysis retains its
   * time, definition and market. @returns null when another worker has taken it.
   */
  async begin(claim: RunClaim, now: Date): Promise<(RunContext & RunClaim) | null> {
    const [rows] = await this.database.query<[(RunContext & RunClaim)[], number]>(
      `UPDATE strategy_runs r
       SET started_at = CASE WHEN r.market_snapshot IS NULL THEN $3 ELSE r.started_at END,
         definition_version = CASE WHEN r.market_snapshot IS NULL THEN d.version ELSE r.definition_version END
       FROM strategy_definitions d
       WHERE r.id = $1 AND d.id = r.definition_id AND r.attempts = $2 AND r.status = 'analysing'
       RETURNING ${RUN_CONTEXT_COLUMNS}, r.attempts`,
      [claim.id, claim.attempts, now],
    );
    return rows[0] ?? null;
  }

  /** Ends the claim, so that the next attempt need not wait for the lease to expire. */
  async release(claim: RunClaim): Promise<void> {
    await this.database.manager.update(StrategyRun, held(claim), { lease_until: null });
  }

  /** Extends the lease. Does nothing when another worker has taken the run. */
  async renew(claim: RunClaim, leaseUntil: Date): Promise<void> {
    await this.database.manager.update(StrategyRun, held(claim), { lease_until: leaseUntil });
  }

  /**
   * Fails a run that cannot be analysed. @returns false, without a change, when another worker has taken it, or when it
   * is divided or over.
   */
  async failAnalysis(claim: RunClaim, error: RunError, now: Date): Promise<boolean> {
    const [, failed] = await this.database.query<[unknown[], number]>(
      `UPDATE strategy_runs SET status = 'failed', error = $3, finished_at = $4, lease_until = NULL
       WHERE id = $1 AND attempts = $2 AND status = 'analysing'`,
      [claim.id, claim.attempts, sanitizeJson(error), now],
    );
    return failed > 0;
  }

  /** Runs to analyse that no worker holds: created before `before`, or with an expired lease. */
  async findAbandoned(before: Date, now: Date): Promise<string[]> {
    const rows = await this.database.query<{ id: string }[]>(
      `SELECT id FROM strategy_runs
       WHERE finished_at IS NULL AND status <> 'deciding' AND created_at <= $1
         AND (lease_until IS NULL OR lease_until <= $2)
       ORDER BY created_at LIMIT 1000`,
      [before, now],
    );
    return rows.map((row) => row.id);
  }
}

/**
 * Matches the run while this claim holds it; no row once another worker has taken it, or when it is divided or over.
 */
function held({ id, attempts }: RunClaim): FindOptionsWhere<StrategyRun> {
  return { id, attempts, status: 'analysing' };
}
