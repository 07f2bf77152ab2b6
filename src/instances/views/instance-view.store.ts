import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Visible } from '../visibility.js';
import { likePattern } from '../../platform/database/database-text.js';
import type { InstanceFilter, InstanceOrder } from './instance-filter.js';
import type { InstanceRow } from './instance-row.js';

export interface InstanceList {
  readonly rows: readonly InstanceRow[];
  /** All that match. */
  readonly total: number;
}

/** Numerics inside JSON go over as text: a JSON number would lose digits. */
const COLUMNS = `p.id, p.user_id, u.full_name AS user_full_name, d.id AS definition_id, d.name AS definition_name,
    d.display_name AS definition_display_name, d.decision_agent_class, d.business_agents, d.trade_channel, d.trade_symbol, d.next_run_at,
    d.is_active AS definition_is_active, p.instance_name, p.public_name, p.instance_description, p.instance_params,
    p.params_version, p.trading_mode, p.is_active, p.archived_at, p.initial_balance, p.current_balance, p.total_value,
    p.total_pnl, p.total_pnl_percent, p.total_trades, p.winning_trades, p.losing_trades, p.win_rate, p.max_drawdown,
    p.sharpe_ratio, p.last_conviction_score, p.last_signal, p.last_execution_time, p.version, p.created_at, p.updated_at,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('symbol', s.symbol, 'side', s.side, 'quantity', s.quantity::text,
        'average_entry_price', s.average_entry_price::text, 'cost_basis', s.cost_basis::text,
        'leverage', s.leverage::text, 'margin', s.margin::text, 'stop_loss', s.stop_loss::text,
        'take_profit', s.take_profit::text, 'entry_notional', s.entry_notional::text, 'expires_at', s.expires_at,
        'opened_at', s.opened_at) ORDER BY s.symbol), '[]')
      FROM positions s WHERE s.portfolio_id = p.id) AS positions,
    p.mark_price, p.marked_at, d.market_data, d.run_failure`;

/** The definitions of the page, each read once, with the market of its last run and why and since when runs fail. */
const DEFINED = `defined AS MATERIALIZED (
    SELECT d.*,
      (SELECT json_build_object('market', r.market_snapshot->'market', 'symbol', r.market_snapshot->'symbol',
          'price', r.market_snapshot->'price'->'value', 'source', r.market_snapshot->'price'->'source',
          'observed_at', r.market_snapshot->'price'->'observed_at')
        FROM strategy_runs r WHERE r.definition_id = d.id AND r.market_snapshot IS NOT NULL
        ORDER BY r.scheduled_for DESC LIMIT 1) AS market_data,
      (SELECT json_build_object('code', last.error->'code', 'message', last.error->'message', 'since',
          (SELECT min(r.scheduled_for) FROM strategy_runs r WHERE r.definition_id = d.id AND r.status = 'failed'
            AND r.id > coalesce((SELECT s.id FROM strategy_runs s WHERE s.definition_id = d.id AND s.status IN ('completed', 'degraded')
              ORDER BY s.id DESC LIMIT 1), '00000000-0000-0000-0000-000000000000')))
        FROM (SELECT r.status, r.error FROM strategy_runs r
          WHERE r.definition_id = d.id AND r.status IN ('completed', 'degraded', 'failed') ORDER BY r.id DESC LIMIT 1) last
        WHERE last.status = 'failed') AS run_failure
    FROM strategy_definitions d WHERE d.id IN (SELECT strategy_definition_id FROM page))`;

/** Subqueries in place of further joins, of which each would double the time that it takes to plan the statement. */
const SHOWN = `page JOIN portfolios p ON p.id = page.id JOIN defined d ON d.id = p.strategy_definition_id
    JOIN users u ON u.id = p.user_id`;

/** The statements by which instances are shown. Their number does not depend on how many there are. */
@Injectable()
export class InstanceViewStore {
  constructor(private readonly database: DataSource) {}

  async find(id: string): Promise<InstanceRow | null> {
    const rows = await this.database.query<InstanceRow[]>(
      `WITH page AS MATERIALIZED (SELECT p.id, p.strategy_definition_id FROM portfolios p WHERE p.id = $1), ${DEFINED}
       SELECT ${COLUMNS} FROM ${SHOWN}`,
      [id],
    );
    return rows[0] ?? null;
  }

  /** What decides who sees it; null when there is no such instance. */
  async findOwner(id: string): Promise<Visible | null> {
    const rows = await this.database.query<Visible[]>(`SELECT user_id, is_active FROM portfolios WHERE id = $1`, [id]);
    return rows[0] ?? null;
  }

  /**
   * A page, and how many match in all, by one statement. What hangs on the instances is looked up for the page only.
   */
  async list(filter: InstanceFilter, order: InstanceOrder, limit: number, offset: number): Promise<InstanceList> {
    const by = (id: string, column: string): string =>
      `ORDER BY ${column} ${order.direction}, ${id} ${order.direction}`;
    // Names are looked through one by one: once, not for the page and for the number. Else the page comes in the order
    // of one index, and the number out of another.
    const found =
      filter.nameContains === null
        ? `page AS MATERIALIZED (SELECT p.id, p.strategy_definition_id FROM portfolios p WHERE ${FILTER}
             ${by('p.id', order.column)} LIMIT $12 OFFSET $13),
           counted AS MATERIALIZED (SELECT count(*)::int AS total FROM portfolios p WHERE ${FILTER})`
        : `matching AS MATERIALIZED (SELECT p.id, p.strategy_definition_id, ${order.column} AS place FROM portfolios p WHERE ${FILTER}),
           page AS MATERIALIZED (SELECT id, strategy_definition_id FROM matching ${by('id', 'place')} LIMIT $12 OFFSET $13),
           counted AS MATERIALIZED (SELECT count(*)::int AS total FROM matching)`;
    const rows = await this.database.query<(InstanceRow & { total: number })[]>(
      `WITH ${found}, ${DEFINED}
       SELECT counted.total, ${COLUMNS} FROM counted LEFT JOIN (${SHOWN}) ON true ${by('p.id', order.column)}`,
      [...parametersOf(filter), limit, offset],
    );
    // A page that is empty is one row with the number alone.
    return { total: rows[0]!.total, rows: rows.filter((row) => row.id !== null) };
  }
}

/** The condition on `portfolios p`; its placeholders stand for {@link parametersOf}. */
const FILTER = `($1::integer IS NULL OR p.strategy_definition_id = $1)
    AND ($2::uuid IS NULL OR p.user_id = $2)
    AND CASE $3
      WHEN 'active' THEN p.is_active
      WHEN 'stopped' THEN NOT p.is_active AND p.archived_at IS NULL
      WHEN 'archived' THEN p.archived_at IS NOT NULL
      ELSE p.archived_at IS NULL END
    AND ($4::text IS NULL OR p.trading_mode = $4)
    AND ($5::text IS NULL
      OR coalesce(CASE WHEN p.user_id <> $11::uuid THEN p.searched_public_name END, p.searched_name) LIKE $5)
    AND ($6::uuid IS NULL OR p.is_active OR p.user_id = $6)
    AND ($7::float8 IS NULL OR p.total_pnl_percent >= $7) AND ($8::float8 IS NULL OR p.total_pnl_percent <= $8)
    AND ($9::timestamptz IS NULL OR p.created_at >= $9) AND ($10::timestamptz IS NULL OR p.created_at < $10)`;

/** In the order of the placeholders of {@link FILTER}. */
function parametersOf(filter: InstanceFilter): unknown[] {
  return [
    filter.definitionId,
    filter.userId,
    filter.status,
    filter.tradingMode,
    filter.nameContains === null ? null : likePattern(filter.nameContains),
    filter.onlyActiveFor,
    filter.minReturnPercent,
    filter.maxReturnPercent,
    filter.createdFrom,
    filter.createdBefore,
    filter.publicNamesExceptOf,
  ];
}
