import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { MarketSnapshot } from '../../domain/market/market-snapshot.js';
import type { ParamsObject } from '../../domain/params/merge-params.js';
import { containing } from '../../platform/database/like.js';
import type { Visible } from '../visibility.js';

/** A position and the price it was last valued at; decimal strings. */
export interface PositionRow {
  readonly symbol: string;
  readonly side: 'long' | 'short';
  readonly quantity: string;
  readonly average_entry_price: string;
  readonly cost_basis: string;
  readonly leverage: string;
  readonly margin: string;
  readonly stop_loss: string | null;
  readonly take_profit: string | null;
  readonly opened_at: string;
}

/** An instance with everything that is shown of it: one row, whatever it holds. */
export interface InstanceRow {
  readonly id: string;
  readonly user_id: string;
  readonly user_full_name: string | null;
  readonly definition_id: number;
  readonly definition_name: string;
  readonly definition_display_name: string;
  readonly decision_agent_class: string;
  readonly trade_channel: string;
  readonly trade_symbol: string;
  readonly next_run_at: Date | null;
  readonly definition_is_active: boolean;
  readonly instance_name: string;
  /** What others see as its name; null: the name itself. */
  readonly public_name: string | null;
  readonly instance_description: string;
  readonly instance_params: ParamsObject;
  readonly params_version: number;
  readonly trading_mode: 'paper' | 'live';
  readonly is_active: boolean;
  readonly archived_at: Date | null;
  readonly initial_balance: string;
  readonly current_balance: string;
  readonly total_value: string;
  readonly total_pnl: string;
  readonly total_pnl_percent: number;
  readonly total_trades: number;
  readonly winning_trades: number;
  readonly losing_trades: number;
  readonly win_rate: number | null;
  readonly max_drawdown: number;
  readonly sharpe_ratio: number | null;
  readonly last_conviction_score: number | null;
  readonly last_signal: string | null;
  readonly last_execution_time: Date | null;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly positions: readonly PositionRow[];
  readonly last_price: string | null;
  readonly last_price_at: Date | null;
  /** Of the definition's last run that got as far as the market. */
  readonly market_snapshot: MarketSnapshot | null;
}

export type InstanceStatus = 'active' | 'stopped' | 'archived';

/** Which instances to list; a null filter lets everything through. */
export interface InstanceFilter {
  readonly definitionId: number | null;
  readonly userId: string | null;
  /** Null: all that are not archived. */
  readonly status: InstanceStatus | null;
  readonly tradingMode: string | null;
  /** Part of the name, upper and lower case alike. */
  readonly nameContains: string | null;
  /** Look into the names as others see them, unless they are this user's; null: into all as they are. */
  readonly publicNamesExceptOf: string | null;
  /** Leave out instances that are stopped, unless they are this user's; null: leave out nothing. */
  readonly onlyActiveFor: string | null;
  /** Return in percent of the deposit, both ends included. */
  readonly minReturnPercent: number | null;
  readonly maxReturnPercent: number | null;
  readonly createdFrom: Date | null;
  /** Not included. */
  readonly createdBefore: Date | null;
}

export interface InstanceOrder {
  /** From an allow-list, never from a caller. */
  readonly column: string;
  readonly direction: 'ASC' | 'DESC';
}

/** Fields of the interface that a list can be sorted by -> SQL. */
export const SORTABLE = {
  total_pnl_percent: 'p.total_pnl_percent',
  total_value: 'p.total_value',
  created_at: 'p.created_at',
} as const;

const FILTER = `($1::integer IS NULL OR p.strategy_definition_id = $1)
    AND ($2::uuid IS NULL OR p.user_id = $2)
    AND CASE coalesce($3, 'kept')
      WHEN 'active' THEN p.is_active
      WHEN 'stopped' THEN NOT p.is_active AND p.archived_at IS NULL
      WHEN 'archived' THEN p.archived_at IS NOT NULL
      ELSE p.archived_at IS NULL END
    AND ($4::text IS NULL OR p.trading_mode = $4)
    AND ($5::text IS NULL OR CASE WHEN $11::uuid IS NULL OR p.user_id = $11 THEN p.instance_name
      ELSE coalesce(p.public_name, p.instance_name) END ILIKE $5)
    AND ($6::uuid IS NULL OR p.is_active OR p.user_id = $6)
    AND ($7::float8 IS NULL OR p.total_pnl_percent >= $7) AND ($8::float8 IS NULL OR p.total_pnl_percent <= $8)
    AND ($9::timestamptz IS NULL OR p.created_at >= $9) AND ($10::timestamptz IS NULL OR p.created_at < $10)`;

const COLUMNS = `p.id, p.user_id, u.full_name AS user_full_name, d.id AS definition_id, d.name AS definition_name,
    d.display_name AS definition_display_name, d.decision_agent_class, d.trade_channel, d.trade_symbol,
    d.next_run_at, d.is_active AS definition_is_active, p.instance_name, p.public_name, p.instance_description, p.instance_params,
    p.params_version, p.trading_mode, p.is_active, p.archived_at, p.initial_balance, p.current_balance,
    p.total_value, p.total_pnl, p.total_pnl_percent, p.total_trades, p.winning_trades, p.losing_trades, p.win_rate, p.max_drawdown,
    p.sharpe_ratio, p.last_conviction_score, p.last_signal, p.last_execution_time, p.version, p.created_at,
    p.updated_at, coalesce(held.positions, '[]'::jsonb) AS positions, valued.price AS last_price,
    valued.taken_at AS last_price_at, run.market_snapshot`;

/** Numerics inside JSON go over as text: a JSON number would lose digits. */
const JOINS = `JOIN strategy_definitions d ON d.id = p.strategy_definition_id
  JOIN users u ON u.id = p.user_id
  LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_object('symbol', s.symbol, 'side', s.side, 'quantity', s.quantity::text,
      'average_entry_price', s.average_entry_price::text, 'cost_basis', s.cost_basis::text,
      'leverage', s.leverage::text, 'margin', s.margin::text, 'stop_loss', s.stop_loss::text,
      'take_profit', s.take_profit::text, 'opened_at', s.opened_at) ORDER BY s.symbol) AS positions
    FROM positions s WHERE s.portfolio_id = p.id
  ) held ON true
  LEFT JOIN LATERAL (
    SELECT t.price, t.taken_at FROM portfolio_snapshots t
    WHERE t.portfolio_id = p.id AND t.price IS NOT NULL ORDER BY t.taken_at DESC LIMIT 1
  ) valued ON true
  LEFT JOIN LATERAL (
    SELECT r.market_snapshot FROM strategy_runs r
    WHERE r.definition_id = d.id AND r.market_snapshot IS NOT NULL ORDER BY r.scheduled_for DESC LIMIT 1
  ) run ON true`;

/** The statements by which instances are shown. Their number does not depend on how many there are. */
@Injectable()
export class InstanceViewStore {
  constructor(private readonly database: DataSource) {}

  async find(id: string): Promise<InstanceRow | null> {
    const rows = await this.database.query<InstanceRow[]>(
      `SELECT ${COLUMNS} FROM portfolios p ${JOINS} WHERE p.id = $1`,
      [id],
    );
    return rows[0] ?? null;
  }

  /** What decides who sees it; null when there is no such instance. */
  async findOwner(id: string): Promise<Visible | null> {
    const rows = await this.database.query<Visible[]>(`SELECT user_id, is_active FROM portfolios WHERE id = $1`, [id]);
    return rows[0] ?? null;
  }

  /** A page. What hangs on the instances is looked up for the page only, not for all that match. */
  async list(filter: InstanceFilter, order: InstanceOrder, limit: number, offset: number): Promise<InstanceRow[]> {
    const by = `ORDER BY ${order.column} ${order.direction}, p.id ${order.direction}`;
    return this.database.query(
      `WITH page AS MATERIALIZED (SELECT p.id FROM portfolios p WHERE ${FILTER} ${by} LIMIT $12 OFFSET $13)
       SELECT ${COLUMNS} FROM page JOIN portfolios p ON p.id = page.id ${JOINS} ${by}`,
      [...parametersOf(filter), limit, offset],
    );
  }

  async count(filter: InstanceFilter): Promise<number> {
    const [row] = await this.database.query<{ total: number }[]>(
      `SELECT count(*)::int AS total FROM portfolios p WHERE ${FILTER}`,
      parametersOf(filter),
    );
    return row!.total;
  }
}

/** In the order of the placeholders of FILTER. */
function parametersOf(filter: InstanceFilter): unknown[] {
  return [
    filter.definitionId,
    filter.userId,
    filter.status,
    filter.tradingMode,
    filter.nameContains === null ? null : containing(filter.nameContains),
    filter.onlyActiveFor,
    filter.minReturnPercent,
    filter.maxReturnPercent,
    filter.createdFrom,
    filter.createdBefore,
    filter.publicNamesExceptOf,
  ];
}
