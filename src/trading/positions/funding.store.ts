import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { bulkValues } from '../../platform/database/bulk-statements.js';
import type { Row } from '../../platform/database/row.js';
import { ClosedPosition } from '../books/closed-position.entity.js';
import { INSERT_HELD_HOURS } from '../books/held-hours.store.js';
import { Portfolio } from '../books/portfolio.entity.js';
import { Position } from '../books/position.entity.js';
import type { StoredBooks } from '../books/stored-books.js';
import { FundingHour } from './funding-hour.entity.js';
import { ARE_MONITORED, MONITORED_TABLES, type MonitoredMarket } from './monitored-position.store.js';

export interface OwedSpan {
  /** Earliest hour that is owed or unrecorded; null without one. */
  readonly first: Date | null;
  /** Earliest unrecorded hour of any position; null without one. */
  readonly unrecorded: Date | null;
}

/** An hour that is owed; numerics are decimal text. */
export type OwedHourRow = Pick<Row<FundingHour>, 'portfolio_id' | 'hour' | 'opened_at' | 'quantity'>;

/** An instance that owes funding, with its open position if it has one. */
export interface OwingRow extends StoredBooks, Pick<Row<Portfolio>, 'id'> {
  readonly opened_at: Date | null;
}

/** The end of a closed position that owes funding. */
export type EndedRow = Pick<Row<ClosedPosition>, 'portfolio_id' | 'opened_at' | 'equity' | 'taken_over'>;

/** An hour that was settled; decimal text. */
export type SettledHourRow = Pick<Row<FundingHour>, 'portfolio_id' | 'hour' | 'price' | 'rate' | 'amount'>;

/** The margin of an open position after funding. */
export interface MarginRow extends Pick<Row<Position>, 'portfolio_id' | 'margin'> {
  /** By how much it changed. */
  readonly change: string;
}

/** By how much free cash changed. */
export interface CashRow extends Pick<Row<Portfolio>, 'id'> {
  readonly change: string;
}

const CHANGE = { change: 'numeric' } as const;

/** Perpetual positions with hours that are not recorded, $3 being now. */
const UNRECORDED = `${MONITORED_TABLES}
  WHERE ${ARE_MONITORED} AND s.entry_notional > 0 AND s.funding_until <= $3::timestamptz - interval '1 hour'`;

/** Hours of a market, $1 channel, $2 symbol, that are owed. */
const OWED = `funding_hours f JOIN portfolios p ON p.id = f.portfolio_id
  JOIN strategy_definitions d ON d.id = p.strategy_definition_id AND d.trade_channel = $1
  WHERE f.symbol = $2 AND f.settled_at IS NULL AND f.given_up_at IS NULL`;

/** The number of statements does not grow with the positions of a batch. */
@Injectable()
export class FundingStore {
  constructor(private readonly database: DataSource) {}

  async owed({ channel, symbol }: MonitoredMarket, now: Date): Promise<OwedSpan> {
    const [row] = await this.database.query<OwedSpan[]>(
      `WITH u AS (SELECT min(s.funding_until) + interval '1 hour' AS hour FROM ${UNRECORDED})
       SELECT u.hour AS unrecorded, least(u.hour, (SELECT min(f.hour) FROM ${OWED})) AS first FROM u`,
      [channel, symbol, now],
    );
    return row!;
  }

  /**
   * The next instances, by id, with unrecorded hours up to `until` or an owed hour among `known`.
   * Skips instances already booked at or after `now`; their balances are newer than this pass. The next pass picks them up.
   */
  async portion(
    { channel, symbol }: MonitoredMarket,
    now: Date,
    until: Date,
    known: readonly Date[],
    after: string | null,
    limit: number,
  ): Promise<string[]> {
    const rows = await this.database.query<{ id: string }[]>(
      `SELECT id FROM (
         SELECT p.id, p.last_snapshot_at FROM ${UNRECORDED} AND s.funding_until <= $4::timestamptz - interval '1 hour'
         UNION SELECT p.id, p.last_snapshot_at FROM ${OWED} AND f.hour = ANY ($5::timestamptz[])) due
       WHERE (last_snapshot_at IS NULL OR last_snapshot_at < $3::timestamptz) AND ($6::uuid IS NULL OR id > $6)
       ORDER BY id LIMIT $7`,
      [channel, symbol, now, until, known, after, limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Locks instances in the order of their ids, as runs do. @returns those not booked at or after `now`. */
  async lock(manager: EntityManager, ids: readonly string[], now: Date): Promise<string[]> {
    const rows = await manager.query<{ id: string }[]>(
      `SELECT id FROM portfolios
       WHERE id = ANY ($1::uuid[]) AND (last_snapshot_at IS NULL OR last_snapshot_at < $2)
       ORDER BY id FOR NO KEY UPDATE`,
      [ids, now],
    );
    return rows.map(({ id }) => id);
  }

  /** Records the hours up to `until` that open positions were held; a second time it records nothing. */
  async record(
    manager: EntityManager,
    { channel, symbol }: MonitoredMarket,
    now: Date,
    until: Date,
    ids: readonly string[],
  ): Promise<void> {
    await manager.query(
      `WITH held AS (
         UPDATE positions t SET funding_until = $4, updated_at = $3
         FROM (SELECT s.* FROM ${UNRECORDED} AND s.funding_until <= $4::timestamptz - interval '1 hour'
               AND p.id = ANY ($5::uuid[])) s
         WHERE t.portfolio_id = s.portfolio_id AND t.symbol = s.symbol
         RETURNING s.portfolio_id, s.symbol, s.opened_at, s.side, s.quantity, s.funding_until AS since,
           t.funding_until AS until)
       ${INSERT_HELD_HOURS}`,
      [channel, symbol, now, until, ids],
    );
  }

  /** The hours among `known` that these instances owe, by instance, oldest first. */
  async owedHours(
    manager: EntityManager,
    symbol: string,
    ids: readonly string[],
    known: readonly Date[],
  ): Promise<OwedHourRow[]> {
    return manager.query(
      `SELECT portfolio_id, hour, opened_at, quantity FROM funding_hours
       WHERE portfolio_id = ANY ($1::uuid[]) AND symbol = $2 AND hour = ANY ($3::timestamptz[])
         AND settled_at IS NULL AND given_up_at IS NULL
       ORDER BY portfolio_id, hour`,
      [ids, symbol, known],
    );
  }

  async owing(manager: EntityManager, symbol: string, ids: readonly string[]): Promise<OwingRow[]> {
    return manager.query(
      `SELECT p.id, p.current_balance, p.initial_balance, p.peak_value, p.max_drawdown, p.total_trades, p.winning_trades,
         p.losing_trades, s.quantity, s.cost_basis, s.average_entry_price, s.side, s.entry_notional, s.margin, s.leverage,
         s.opened_at
       FROM portfolios p LEFT JOIN positions s ON s.portfolio_id = p.id AND s.symbol = $2
       WHERE p.id = ANY ($1::uuid[]) ORDER BY p.id`,
      [ids, symbol],
    );
  }

  async ended(manager: EntityManager, symbol: string, ids: readonly string[]): Promise<EndedRow[]> {
    return manager.query(
      `SELECT portfolio_id, opened_at, equity, taken_over FROM closed_positions
       WHERE portfolio_id = ANY ($1::uuid[]) AND symbol = $2`,
      [ids, symbol],
    );
  }

  /** Writes settled hours, margins, free cash and the equity of closed positions, one statement each. */
  async write(
    manager: EntityManager,
    symbol: string,
    now: Date,
    hours: readonly SettledHourRow[],
    margins: readonly MarginRow[],
    cash: readonly CashRow[],
    ended: readonly EndedRow[],
  ): Promise<void> {
    if (hours.length === 0) return;
    const settled = bulkValues(manager, FundingHour, hours, { first: 3 });
    await manager.query(
      `UPDATE funding_hours f SET price = v.price, rate = v.rate, amount = v.amount, settled_at = $2
       FROM ${settled.unnest} AS v (${settled.names})
       WHERE f.portfolio_id = v.portfolio_id AND f.hour = v.hour AND f.symbol = $1`,
      [symbol, now, ...settled.parameters],
    );
    if (margins.length > 0) {
      const moved = bulkValues(manager, Position, margins, { first: 3, others: CHANGE });
      // The position's value changes by the same amount as its margin, at any price.
      await manager.query(
        `WITH v AS (SELECT * FROM ${moved.unnest} AS v (${moved.names})),
           moved AS (UPDATE positions s SET margin = v.margin, updated_at = $2
             FROM v WHERE s.portfolio_id = v.portfolio_id AND s.symbol = $1)
         UPDATE portfolios p SET total_value = total_value + v.change, total_pnl = total_pnl + v.change
         FROM v WHERE p.id = v.portfolio_id`,
        [symbol, now, ...moved.parameters],
      );
    }
    if (cash.length > 0) {
      const paid = bulkValues(manager, Portfolio, cash, { first: 2, others: CHANGE });
      // The total value changes with the cash; the value of the position does not.
      await manager.query(
        `UPDATE portfolios p SET current_balance = current_balance + v.change, total_value = total_value + v.change,
           total_pnl = total_pnl + v.change, kept_at = $1
         FROM ${paid.unnest} AS v (${paid.names}) WHERE p.id = v.id`,
        [now, ...paid.parameters],
      );
    }
    if (ended.length > 0) {
      const changed = bulkValues(manager, ClosedPosition, ended, { first: 2 });
      await manager.query(
        `UPDATE closed_positions c SET equity = v.equity
         FROM ${changed.unnest} AS v (${changed.names})
         WHERE c.portfolio_id = v.portfolio_id AND c.opened_at = v.opened_at AND c.symbol = $1`,
        [symbol, ...changed.parameters],
      );
    }
  }

  /** Gives up hours before `before` that are still owed. @returns their number. */
  async giveUp({ channel, symbol }: MonitoredMarket, before: Date, now: Date): Promise<number> {
    const [, given] = await this.database.query<[unknown, number]>(
      `UPDATE funding_hours h SET given_up_at = $4 FROM (SELECT f.portfolio_id, f.symbol, f.hour FROM ${OWED} AND f.hour < $3) f
       WHERE h.portfolio_id = f.portfolio_id AND h.symbol = f.symbol AND h.hour = f.hour`,
      [channel, symbol, before, now],
    );
    return given;
  }
}
