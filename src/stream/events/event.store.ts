import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Row } from '../../platform/database/row.js';
import type { StreamEvent } from './stream-event.entity.js';

interface Happened {
  readonly position: Position;
}

/** A run was created (`tick`) or ended (`run`), or one of its chunks was recorded (`chunk`). */
export interface RunEvent extends Happened {
  readonly kind: 'tick' | 'run' | 'chunk';
  readonly run_id: string;
  readonly chunk_index: number | null;
  readonly strategy_definition_id: number;
  readonly scheduled_for: Date;
  readonly finished_at: Date | null;
  /** Of the definition, at the time of reading. */
  readonly has_active_instances: boolean;
}

/**
 * A user created or changed an instance; runs do not count. Owner, state and version are those at the time of reading.
 */
export interface InstanceEvent extends Happened {
  readonly kind: 'instance';
  readonly portfolio_id: string;
  readonly strategy_definition_id: number;
  readonly user_id: string;
  readonly is_active: boolean;
  readonly version: number;
}

/** The value of instances changed without a run: prices moved, or positions were closed. */
export interface ValuationEvent extends Happened {
  readonly kind: 'valuation';
  readonly strategy_definition_id: number;
  readonly occurred_at: Date;
  /** Of the definition, at the time of reading. */
  readonly has_active_instances: boolean;
}

export type RecordedEvent = RunEvent | InstanceEvent | ValuationEvent;

export interface RecordedExecution {
  readonly run_id: string;
  readonly chunk_index: number;
  readonly user_id: string;
  readonly strategy_id: string;
  readonly execution_id: string;
}

export interface NextEvents {
  readonly events: readonly RecordedEvent[];
  /** Position to continue from. All events before it were read; more are available when `complete` is false. */
  readonly horizon: Position;
  readonly complete: boolean;
}

/** Older events are not sent to a client that resumes. */
export const KEPT_MS = 60 * 60_000;

const MOST = 500;

/** The oldest transaction that runs, as this statement sees it. No event below it can appear any more. */
const HORIZON = `pg_snapshot_xmin(pg_current_snapshot())::text::bigint`;

type EventRow = Omit<RunEvent, 'position' | 'kind'> &
  Omit<InstanceEvent, 'position' | 'kind'> &
  Omit<ValuationEvent, 'position' | 'kind'> &
  Pick<Row<StreamEvent>, 'xid' | 'id'> & {
    readonly kind: RecordedEvent['kind'] | null;
    readonly horizon: string;
    readonly recorded: boolean;
  };

/** Reads events, with one statement for all listeners of this process. */
@Injectable()
export class EventStore {
  constructor(private readonly database: DataSource) {}

  /** Position up to which events are final now. */
  async horizon(): Promise<Position> {
    const [row] = await this.database.query<{ horizon: string }[]>(`SELECT ${HORIZON} AS horizon`);
    return { xid: BigInt(row!.horizon), id: 0n };
  }

  /**
   * Whether all events after a position are stored, and stay long enough to be read. False for a position that is too
   * old or belongs to another database.
   * @param since events recorded earlier may be removed at any moment, even before they are read.
   */
  async isStored({ xid, id }: Position, since: Date): Promise<boolean> {
    // `remove` leaves the newest expired event. A position with no event at or before it is therefore older than the
    // last removal.
    const [row] = await this.database.query<{ kept: boolean }[]>(
      `SELECT $1::bigint <= ${HORIZON} AND (NOT EXISTS (SELECT 1 FROM stream_events)
         OR EXISTS (SELECT 1 FROM stream_events WHERE (xid, id) <= ($1::bigint, $2::bigint)))
         AND NOT EXISTS (SELECT 1 FROM stream_events
           WHERE (xid, id) > ($1::bigint, $2::bigint) AND xid < ${HORIZON} AND occurred_at < $3) AS kept`,
      [String(xid), String(id), since],
    );
    return row!.kept;
  }

  /** The next events in order, at most 500. Skips events whose run, instance or definition is gone. */
  async after({ xid, id }: Position): Promise<NextEvents> {
    const rows = await this.database.query<EventRow[]>(
      `WITH present AS MATERIALIZED (SELECT ${HORIZON} AS horizon),
       next AS MATERIALIZED (
         SELECT e.* FROM stream_events e, present
         WHERE (e.xid, e.id) > ($1::bigint, $2::bigint) AND e.xid < present.horizon ORDER BY e.xid, e.id LIMIT ${MOST})
       SELECT present.horizon, n.xid, n.id, n.kind, n.run_id, n.chunk_index, n.portfolio_id, n.occurred_at, r.scheduled_for,
         r.finished_at, p.user_id, p.is_active, p.version,
         r.id IS NOT NULL OR p.id IS NOT NULL OR d.id IS NOT NULL AS recorded,
         coalesce(r.definition_id, p.strategy_definition_id, d.id) AS strategy_definition_id,
         EXISTS (SELECT 1 FROM portfolios a WHERE a.strategy_definition_id = coalesce(r.definition_id, d.id) AND a.is_active)
           AS has_active_instances
       FROM present LEFT JOIN next n ON true
       LEFT JOIN strategy_runs r ON r.id = n.run_id LEFT JOIN portfolios p ON p.id = n.portfolio_id
       LEFT JOIN strategy_definitions d ON d.id = n.definition_id
       ORDER BY n.xid, n.id`,
      [String(xid), String(id)],
    );
    const found = rows.filter(({ kind }) => kind !== null);
    const complete = found.length < MOST;
    const last = found.at(-1);
    const horizon = complete || !last ? { xid: BigInt(rows[0]!.horizon), id: 0n } : positionOf(last);
    return { events: found.filter(({ recorded }) => recorded).map(toEvent), horizon, complete };
  }

  async executionsOf(chunks: readonly RunEvent[], userIds: readonly string[]): Promise<RecordedExecution[]> {
    return this.database.query(
      `SELECT c.run_id, c.chunk_index, p.user_id, p.id AS strategy_id, e.id AS execution_id
       FROM unnest($1::uuid[], $2::integer[]) AS done (run_id, chunk_index)
       JOIN strategy_run_chunks c ON c.run_id = done.run_id AND c.chunk_index = done.chunk_index
       JOIN strategy_runs r ON r.id = c.run_id
       JOIN portfolios p ON p.strategy_definition_id = r.definition_id AND p.user_id = ANY ($3::uuid[])
         AND p.id BETWEEN c.first_portfolio_id AND c.last_portfolio_id
       JOIN strategy_executions e ON e.run_id = c.run_id AND e.portfolio_id = p.id
       ORDER BY e.id`,
      [chunks.map(({ run_id }) => run_id), chunks.map(({ chunk_index }) => chunk_index), userIds],
    );
  }

  /**
   * Removes events recorded before a time, except the newest of them: it proves that all later ones are stored.
   * @param told events from here on stay, however old: while a transaction runs long, no event after its start has been
   *   sent.
   */
  async remove(before: Date, told: Position): Promise<void> {
    await this.database.query(
      `DELETE FROM stream_events WHERE (xid, id) <
         (SELECT xid, id FROM stream_events WHERE occurred_at < $1 AND (xid, id) < ($2::bigint, $3::bigint)
          ORDER BY xid DESC, id DESC LIMIT 1)`,
      [before, String(told.xid), String(told.id)],
    );
  }
}

function positionOf({ xid, id }: Pick<EventRow, 'xid' | 'id'>): Position {
  return { xid: BigInt(xid), id: BigInt(id) };
}

function toEvent(row: EventRow): RecordedEvent {
  return { ...row, position: positionOf(row) } as RecordedEvent;
}

/**
 * A place in the order of events: by the transaction that recorded them, then by id. Transactions end in another order
 * than they start, so only events before all running ones are sent (see `EventStore`). A client that received
 * everything up to a position can resume there without gaps and without duplicates.
 */
export interface Position {
  readonly xid: bigint;
  readonly id: bigint;
}

const TEXT = /^(\d{1,19})-(\d{1,19})$/;
const LARGEST = 2n ** 63n - 1n;

/** Reads an `id:` that comes back as `Last-Event-ID`; null for a text that this program never sent. */
export function readPosition(text: string): Position | null {
  const [, xid, id] = TEXT.exec(text) ?? [];
  if (xid === undefined || id === undefined) return null;
  const position = { xid: BigInt(xid), id: BigInt(id) };
  return position.xid > LARGEST || position.id > LARGEST ? null : position;
}

export function positionText({ xid, id }: Position): string {
  return `${xid}-${id}`;
}

export function isBefore(a: Position, b: Position): boolean {
  return a.xid < b.xid || (a.xid === b.xid && a.id < b.id);
}
