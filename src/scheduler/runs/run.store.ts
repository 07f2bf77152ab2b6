import { Injectable } from '@nestjs/common';
import { DataSource, type FindOptionsWhere } from 'typeorm';
import type { FailureCode } from '../../domain/failure-codes.js';
import type { Row } from '../../platform/database/row.js';
import { sanitizeJson } from '../../platform/database/database-text.js';
import type { RunContext } from './run-context.js';
import { StrategyRun } from './strategy-run.entity.js';

/** A run that was begun so often and never divided will not be: it fails, and the next tick is tried. */
export const MOST_ATTEMPTS = 10;

/** A run that nobody has begun for so long is not begun any more; histories rely on it (ExecutionStore.list). */
const LONGEST_WAIT = '7 days';

const RUN_EXPIRED: RunError = { code: 'run_expired', message: 'No worker took this run for a week.' };
const TICK_MISSED: RunError = {
  code: 'tick_missed',
  message: 'No run took place at this time; a later run covered it.',
};

/**
 * The columns of a {@link RunContext}, of `strategy_runs r` and `strategy_definitions d`. A run that has
 * analyses keeps the agents that made them, even when the definition names others by now.
 */
export const RUN_CONTEXT_COLUMNS = `r.id, r.definition_id, d.name AS definition_name,
  coalesce(r.business_agents, d.business_agents) AS business_agents,
  coalesce(r.decision_agent_class, d.decision_agent_class) AS decision_agent_class,
  d.trade_channel, d.trade_symbol, r.scheduled_for, r.started_at, r.market_snapshot, r.slippage_bps`;

/** A run as one worker has taken it: the number of the attempt tells its claim from an earlier one's. */
export type RunClaim = Pick<Row<StrategyRun>, 'id' | 'attempts'>;

/** A run that has been taken, and where it will look. */
export type ClaimedRun = RunClaim &
  Pick<RunContext, 'definition_id' | 'definition_name' | 'trade_channel' | 'trade_symbol'>;

/** Why a run failed; stored and shown. */
export interface RunError {
  /** Stable, snake_case. */
  readonly code: FailureCode;
  readonly message: string;
}

/** The statements on runs until their instances are divided into chunks. */
@Injectable()
export class RunStore {
  constructor(private readonly database: DataSource) {}

  /**
   * Sets a scheduled run aside that nobody has begun while the next ticks came: late ticks coalesce into the latest,
   * because all of them would trade at one moment and price. And any run that was not divided within a week.
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

  /**
   * Takes a run until `leaseUntil`. @returns null when it is finished, already divided, or another worker has it.
   */
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
   * Begins a run at this moment, with the definition as it is now. A run of which something is kept, by a worker that
   * did not get to its end, stays what it was: moment, definition, market. @returns null when it is another worker's by now.
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

  /** Gives a run back that could not be analysed now, so that the next attempt need not wait for the lease. */
  async release(claim: RunClaim): Promise<void> {
    await this.database.manager.update(StrategyRun, held(claim), { lease_until: null });
  }

  /** Keeps a run until then. A worker that was away for so long that another has taken it renews nothing. */
  async renew(claim: RunClaim, leaseUntil: Date): Promise<void> {
    await this.database.manager.update(StrategyRun, held(claim), { lease_until: leaseUntil });
  }

  /**
   * Ends a run that cannot be analysed. @returns false for one that is another worker's by now, or divided, or over: it
   * stays as it is.
   */
  async failAnalysis(claim: RunClaim, error: RunError, now: Date): Promise<boolean> {
    const [, failed] = await this.database.query<[unknown[], number]>(
      `UPDATE strategy_runs SET status = 'failed', error = $3, finished_at = $4, lease_until = NULL
       WHERE id = $1 AND attempts = $2 AND status = 'analysing'`,
      [claim.id, claim.attempts, sanitizeJson(error), now],
    );
    return failed > 0;
  }

  /** Runs that are to be analysed and that nobody has taken: made before that time, or left by a worker that died. */
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

/** The row of a run that this claim still holds: no row when another worker has taken it, or when it is divided or over. */
function held({ id, attempts }: RunClaim): FindOptionsWhere<StrategyRun> {
  return { id, attempts, status: 'analysing' };
}
