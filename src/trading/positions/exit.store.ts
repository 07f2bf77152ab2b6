import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { toText, type Money } from '../../domain/money/decimal.js';
import { maintenanceLinesOf, type PerpetualRules } from '../../domain/trading/venue-rules.js';
import { TRAILING_STEPS, type Observation } from '../../domain/trading/exits.js';
import { bulkInsert } from '../../platform/database/bulk-statements.js';
import type { Row } from '../../platform/database/row.js';
import {
  ARE_MONITORED,
  MONITORED_COLUMNS,
  MONITORED_TABLES,
  type MonitoredMarket,
  type MonitoredRow,
} from './monitored-position.store.js';
import { PositionExit } from './position-exit.entity.js';

export type ExitRow = Row<PositionExit>;

export interface TrailedStop {
  readonly portfolioId: string;
  readonly stopLoss: Money;
}

/** The number of statements does not grow with the positions. */
@Injectable()
export class ExitStore {
  constructor(private readonly database: DataSource) {}

  /** Markets with positions that have stops or can be liquidated, or that owe funding. */
  async markets(): Promise<MonitoredMarket[]> {
    return this.database.query(`SELECT DISTINCT channel, symbol FROM (${MONITORED}) monitored ORDER BY 1, 2`);
  }

  async isMonitored({ channel, symbol }: MonitoredMarket): Promise<boolean> {
    const [row] = await this.database.query<{ monitored: boolean }[]>(
      `SELECT EXISTS (SELECT FROM (${MONITORED}) monitored WHERE channel = $1 AND symbol = $2) AS monitored`,
      [channel, symbol],
    );
    return row!.monitored;
  }

  /**
   * The next instances, by id, whose position an observation may reach. The rules decide again once the rows are locked.
   *
   * @param perpetual null on spot, which has no liquidation.
   */
  async reached(
    { channel, symbol }: MonitoredMarket,
    { high, low, from, until }: Observation,
    perpetual: PerpetualRules | null,
    now: Date,
    after: string | null,
    limit: number,
  ): Promise<string[]> {
    const prices = [toText(high), toText(low)];
    const lines = perpetual ? maintenanceLinesOf(perpetual) : [];
    const rates = lines.map(({ rate }) => toText(rate));
    const deductions = lines.map(({ deduction }) => toText(deduction));
    const values = [channel, symbol, now, ...prices, from, until, rates, after, limit, deductions];
    const rows = await this.database.query<{ id: string }[]>(REACHED, values);
    return rows.map(({ id }) => id);
  }

  /**
   * Locks instances in the order of their ids, as runs do, and waits for those locked by a run. Then reads the positions that
   * are still monitored, in a second statement: only one that begins after the locks sees the run's writes.
   */
  async lock(
    manager: EntityManager,
    { channel, symbol }: MonitoredMarket,
    ids: readonly string[],
    now: Date,
  ): Promise<MonitoredRow[]> {
    await manager.query(`SELECT id FROM portfolios WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE`, [ids]);
    return manager.query<MonitoredRow[]>(
      `SELECT ${MONITORED_COLUMNS} FROM ${MONITORED_TABLES} WHERE ${ARE_MONITORED} AND p.id = ANY ($4::uuid[]) ORDER BY p.id`,
      [channel, symbol, now, ids],
    );
  }

  async addExits(manager: EntityManager, rows: readonly ExitRow[]): Promise<void> {
    await bulkInsert(manager, PositionExit, rows);
  }

  /** @param since start of the new stops: the end of the observation that moved them. */
  async moveStops(manager: EntityManager, symbol: string, stops: readonly TrailedStop[], since: Date): Promise<void> {
    if (stops.length === 0) return;
    await manager.query(
      `UPDATE positions s SET stop_loss = t.stop_loss, levels_since = $2
       FROM unnest($3::uuid[], $4::numeric[]) AS t (portfolio_id, stop_loss)
       WHERE s.portfolio_id = t.portfolio_id AND s.symbol = $1`,
      [symbol, since, stops.map((stop) => stop.portfolioId), stops.map((stop) => toText(stop.stopLoss))],
    );
  }
}

const MONITORED = `
  SELECT d.trade_channel AS channel, s.symbol
  FROM positions s JOIN portfolios p ON p.id = s.portfolio_id
  JOIN strategy_definitions d ON d.id = p.strategy_definition_id AND d.trade_symbol = s.symbol
  WHERE s.levels_since IS NOT NULL AND p.trading_mode = 'paper' AND p.archived_at IS NULL
  UNION ALL SELECT d.trade_channel, f.symbol FROM funding_hours f JOIN portfolios p ON p.id = f.portfolio_id
  JOIN strategy_definitions d ON d.id = p.strategy_definition_id
  WHERE f.settled_at IS NULL AND f.given_up_at IS NULL`;

/** New stop, in R from the entry, by the position's best gain; TRAILING_STEPS of the domain in SQL. */
const TRAILED = `CASE ${TRAILING_STEPS.map(([gain, stop]) => `WHEN o.gain >= s.stop_distance * ${gain} THEN ${stop}`).join(' ')} END`;

/**
 * $1 channel, $2 symbol, $3 now, $4 high, $5 low, $6 from, $7 until, $8 and $11 rates and deductions of the maintenance
 * margin, $9 the last id of the batch before, $10 limit. For a long the low is the worst price and the high the best; for a
 * short the reverse.
 */
const REACHED = `
  SELECT p.id FROM ${MONITORED_TABLES}
  CROSS JOIN LATERAL (SELECT side.*, side.sign * (side.best - side.entry) AS gain
    FROM (SELECT CASE s.side WHEN 'long' THEN 1 ELSE -1 END AS sign,
      CASE s.side WHEN 'long' THEN $5::numeric ELSE $4::numeric END AS worst,
      CASE s.side WHEN 'long' THEN $4::numeric ELSE $5::numeric END AS best,
      CASE WHEN s.entry_notional > 0 THEN s.entry_notional / s.quantity ELSE s.average_entry_price END AS entry) side) o
  WHERE ${ARE_MONITORED}
    AND s.levels_since <= $6::timestamptz
    AND (o.sign * (o.worst - s.stop_loss) <= 0
      OR o.sign * (o.best - s.take_profit) >= 0
      OR s.expires_at <= $7::timestamptz
      OR (s.entry_notional > 0
        AND s.margin + o.sign * (s.quantity * o.worst - s.entry_notional) 
          < (SELECT max(s.quantity * o.worst * m.rate - m.deduction) FROM unnest($8::numeric[], $11::numeric[]) AS m (rate, deduction)))
      OR o.sign * (o.entry + o.sign * s.stop_distance * ${TRAILED} - s.stop_loss) > 0)
  AND ($9::uuid IS NULL OR p.id > $9)
  ORDER BY p.id LIMIT $10`;
