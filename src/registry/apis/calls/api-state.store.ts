import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { ApiState } from './api-state.entity.js';
import type { ApiConfig } from '../api-config.entity.js';

/** Address and keys of an API, as they are in the registry now. */
export type ApiAccess = Pick<ApiConfig, 'api_name' | 'base_url' | 'api_key_encrypted' | 'api_secret_encrypted'>;

/** Whether a request may go out now, and if not, the reason. */
export type Admission =
  | { readonly kind: 'admitted'; readonly access: ApiAccess }
  | { readonly kind: 'unknown' | 'switched_off' }
  | { readonly kind: 'paused' | 'full'; readonly waitMs: number };

interface RefusalRow extends Pick<ApiConfig, 'is_active'> {
  readonly paused_ms: number | null;
  readonly full_ms: number;
}

/**
 * The rate as a leaky bucket (GCRA): five sixths of the limit are spread evenly over the minute and a sixth may come at
 * once, so that no minute, wherever it begins, sees more than the limit. Fixed windows of a minute would admit twice as
 * much where two of them meet.
 */
const STEP = `make_interval(secs => 72.0 / c.rate_limit)`;
const ROOM = `greatest(c.rate_limit / 6, 1, $2::integer)`;
const PAID_OFF_AT = `greatest(s.next_slot_at, clock_timestamp()) + $2::integer * ${STEP}`;

/** All times are the database's, so that wrong clocks of replicas do no harm. */
@Injectable()
export class ApiStateStore {
  constructor(private readonly database: DataSource) {}

  /** Whether the table exists; the migrations create it. */
  async isThere(): Promise<boolean> {
    const [row] = await this.database.query<{ there: boolean }[]>(
      `SELECT to_regclass('api_states') IS NOT NULL AS there`,
    );
    return row!.there;
  }

  /**
   * Admits a request of the given cost, or says why not. One statement when it is admitted; the lock of the row
   * serialises concurrent processes.
   */
  async admit(apiName: string, cost: number): Promise<Admission> {
    const [admitted] = await this.database.query<[Omit<ApiAccess, 'api_name'>[], number]>(
      `UPDATE api_states s SET next_slot_at = ${PAID_OFF_AT}
       FROM api_config c
       WHERE s.api_name = $1 AND c.api_name = s.api_name AND c.is_active
         AND (s.paused_until IS NULL OR s.paused_until <= clock_timestamp())
         AND ${PAID_OFF_AT} <= clock_timestamp() + ${ROOM} * ${STEP}
       RETURNING c.base_url, c.api_key_encrypted, c.api_secret_encrypted`,
      [apiName, cost],
    );
    const [row] = admitted;
    if (!row) return this.refusal(apiName, cost);
    return { kind: 'admitted', access: { api_name: apiName, ...row } };
  }

  /** Pauses the API for all processes. A longer pause that is running stays. */
  async pause(apiName: string, seconds: number): Promise<void> {
    await this.database.query(
      `UPDATE api_states SET paused_until = greatest(paused_until, clock_timestamp() + make_interval(secs => $2))
       WHERE api_name = $1`,
      [apiName, seconds],
    );
  }

  /**
   * Applies a change of the API's row. A pause ends when the address or key is new or the API is switched on: it was
   * asked for under the old ones. Admitted requests are recalculated at the new limit, so that nobody waits by the old
   * one.
   */
  async changed(
    apiName: string,
    { rate_limit: rateLimit }: Pick<ApiConfig, 'rate_limit'>,
    change: Partial<Pick<ApiConfig, 'base_url' | 'api_key_encrypted' | 'is_active' | 'rate_limit'>>,
    manager: EntityManager,
  ): Promise<void> {
    const begins = 'base_url' in change || 'api_key_encrypted' in change || change.is_active === true;
    await manager.query(
      `UPDATE api_states SET paused_until = CASE WHEN $2 THEN NULL ELSE paused_until END,
         next_slot_at = clock_timestamp() + greatest(next_slot_at - clock_timestamp(), interval '0') * $3::float8
       WHERE api_name = $1`,
      [apiName, begins, rateLimit / (change.rate_limit ?? rateLimit)],
    );
  }

  /** Writes when failures came before, and else once a minute at most. */
  async succeeded(apiName: string, clockSkewSeconds: number | null): Promise<void> {
    await this.database.query(
      `UPDATE api_states SET last_success_at = clock_timestamp(), failures_in_row = 0, clock_skew_seconds = $2
       WHERE api_name = $1 AND (failures_in_row > 0 OR last_success_at IS NULL
         OR last_success_at < clock_timestamp() - interval '1 minute')`,
      [apiName, clockSkewSeconds],
    );
  }

  async failed(apiName: string, failure: { readonly code: string; readonly message: string }): Promise<void> {
    await this.database.manager.update(
      ApiState,
      { api_name: apiName },
      {
        last_failure_at: () => 'clock_timestamp()',
        last_failure: { code: failure.code, message: failure.message },
        failures_in_row: () => 'least(failures_in_row + 1, 1000000)',
      },
    );
  }

  private async refusal(apiName: string, cost: number): Promise<Admission> {
    // The first request to an API that was added after the migration.
    await this.database.query(
      `INSERT INTO api_states (api_name) SELECT api_name FROM api_config WHERE api_name = $1 ON CONFLICT DO NOTHING`,
      [apiName],
    );
    const [row] = await this.database.query<RefusalRow[]>(
      `SELECT c.is_active,
         ceil(extract(epoch FROM s.paused_until - clock_timestamp()) * 1000)::double precision AS paused_ms,
         ceil(extract(epoch FROM ${PAID_OFF_AT} - ${ROOM} * ${STEP} - clock_timestamp()) * 1000)::double precision
           AS full_ms
       FROM api_states s JOIN api_config c ON c.api_name = s.api_name WHERE s.api_name = $1`,
      [apiName, cost],
    );
    if (!row) return { kind: 'unknown' };
    if (!row.is_active) return { kind: 'switched_off' };
    if (row.paused_ms !== null && row.paused_ms > 0) return { kind: 'paused', waitMs: row.paused_ms };
    return { kind: 'full', waitMs: Math.max(0, row.full_ms) };
  }
}
