import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Money } from '../../domain/money/decimal.js';
import type { DayValue } from '../../domain/portfolio/performance.js';
import type { PortfolioHistory } from '../../domain/portfolio/statistics.js';
import { RETAINED_FROM } from '../../retention/retained-history.store.js';

/** An instance's life in figures: what its statistics are computed from, and what it paid. */
export interface Performance {
  readonly history: PortfolioHistory;
  /** 0..1, over all snapshots there ever were. */
  readonly maxDrawdown: number;
  readonly feesPaid: Money;
  /** Negative: more was received than paid. */
  readonly fundingPaid: Money;
  /** Hours of perpetuals whose funding is not settled yet, and those whose never will be. */
  readonly fundingHours: { readonly owed: number; readonly givenUp: number };
  readonly realized: Money;
  /** Of all fills there ever were. */
  readonly tradedNotional: Money;
}

const MS_PER_DAY = 86_400_000;

interface FiguresRow {
  readonly id: string;
  readonly initial_balance: string;
  readonly total_value: string;
  readonly max_drawdown: number;
  readonly created_at: Date;
  readonly archived_at: Date | null;
  readonly observed: number;
  readonly exposed: number;
  readonly average: string | null;
  readonly first_price: string | null;
  readonly last_price: string | null;
  readonly kept_from_value: string | null;
  readonly notional: string;
  readonly retained_notional: string;
  readonly fees: string;
  readonly won: string;
  readonly lost: string;
  readonly closes: number;
  readonly funding: string;
  readonly hours_owed: number;
  readonly hours_given_up: number;
}

/** Reads what the statistics need, of any number of instances by two statements. */
@Injectable()
export class PerformanceStore {
  constructor(private readonly database: DataSource) {}

  /**
   * By instance. Equity curve, exposure and average value are those of the months that are kept; trades and ledger
   * always are. A day counts with its last snapshot; the day that is not over is left out.
   */
  async performances(ids: readonly string[], now: Date): Promise<Map<string, Performance>> {
    const figures = await this.database.query<FiguresRow[]>(FIGURES, [ids]);
    const closes = await this.database.query<{ portfolio_id: string; curve: DayValue[] }[]>(DAYS, [ids, now]);
    const curveOf = new Map(closes.map(({ portfolio_id, curve }) => [portfolio_id, curve]));
    return new Map(figures.map((row) => [row.id, performanceOf(row, curveOf.get(row.id) ?? [], now)]));
  }
}

function performanceOf(row: FiguresRow, closes: readonly DayValue[], now: Date): Performance {
  const won = new Money(row.won);
  const lost = new Money(row.lost);
  return {
    history: {
      initial: new Money(row.initial_balance),
      current: new Money(row.total_value),
      from: row.created_at,
      to: row.archived_at ?? now,
      curve: row.kept_from_value === null ? [depositOf(row), ...closes] : closes,
      grossProfit: won,
      grossLoss: lost,
      closes: row.closes,
      observedSeconds: row.observed,
      exposedSeconds: row.exposed,
      tradedNotional: new Money(row.retained_notional),
      averageValue: money(row.average),
      firstPrice: money(row.first_price),
      lastPrice: money(row.last_price),
      retainedFromValue: money(row.kept_from_value),
    },
    maxDrawdown: row.max_drawdown,
    feesPaid: new Money(row.fees),
    fundingPaid: new Money(row.funding),
    fundingHours: { owed: row.hours_owed, givenUp: row.hours_given_up },
    realized: won.add(lost),
    tradedNotional: new Money(row.notional),
  };
}

/** The deposit, as the value at the end of the day before it: the first day's return begins with it. */
function depositOf({ initial_balance, created_at }: FiguresRow): DayValue {
  return { day: Math.floor(created_at.getTime() / MS_PER_DAY) - 1, value: Number(initial_balance) };
}

function money(text: string | null): Money | null {
  return text === null ? null : new Money(text);
}

const IS_RETAINED = `taken_at >= coalesce(${RETAINED_FROM}, '-infinity')`;

/** $1 ids. A snapshot speaks for the time up to the next one. */
const FIGURES = `
  WITH curve AS (
    SELECT portfolio_id, total_value, positions_value,
      extract(epoch FROM lead(taken_at) OVER (PARTITION BY portfolio_id ORDER BY taken_at) - taken_at) AS seconds
    FROM portfolio_snapshots WHERE portfolio_id = ANY ($1::uuid[]) AND ${IS_RETAINED}),
  shape AS (
    SELECT portfolio_id, sum(total_value * seconds::numeric) / nullif(sum(seconds::numeric), 0) AS average,
      sum(seconds)::float8 AS observed,
      sum(seconds) FILTER (WHERE positions_value <> 0)::float8 AS exposed
    FROM curve GROUP BY portfolio_id),
  fills AS (
    SELECT portfolio_id, sum(notional) AS notional,
      sum(notional) FILTER (WHERE executed_at >= coalesce(${RETAINED_FROM}, '-infinity')) AS retained_notional, sum(fee) AS fees, count(realized_pnl)::integer AS closes,
      sum(realized_pnl) FILTER (WHERE realized_pnl > 0) AS won, sum(realized_pnl) FILTER (WHERE realized_pnl <= 0) AS lost
    FROM trades WHERE portfolio_id = ANY ($1::uuid[]) GROUP BY portfolio_id),
  paid AS (
    SELECT portfolio_id, -sum(amount) AS funding FROM ledger_entries
    WHERE portfolio_id = ANY ($1::uuid[]) AND kind = 'funding' GROUP BY portfolio_id),
  hours AS (
    SELECT portfolio_id, count(*) FILTER (WHERE settled_at IS NULL AND given_up_at IS NULL)::integer AS owed,
      count(given_up_at)::integer AS given_up
    FROM funding_hours WHERE portfolio_id = ANY ($1::uuid[]) GROUP BY portfolio_id)
  SELECT p.id, p.initial_balance, p.total_value, p.max_drawdown, p.created_at, p.archived_at,
    coalesce(shape.observed, 0) AS observed, coalesce(shape.exposed, 0) AS exposed,
    CASE WHEN shape.observed > 0 THEN shape.average END AS average,
    coalesce(fills.notional, 0) AS notional, coalesce(fills.retained_notional, 0) AS retained_notional, coalesce(fills.fees, 0) AS fees, coalesce(fills.closes, 0) AS closes,
    coalesce(fills.won, 0) AS won, coalesce(fills.lost, 0) AS lost, coalesce(paid.funding, 0) AS funding,
    coalesce(hours.owed, 0) AS hours_owed, coalesce(hours.given_up, 0) AS hours_given_up,
    first.price AS first_price, CASE WHEN p.created_at < ${RETAINED_FROM} THEN first.total_value END AS kept_from_value,
    coalesce(p.mark_price, (SELECT price FROM portfolio_snapshots
      WHERE portfolio_id = p.id AND ${IS_RETAINED} AND price IS NOT NULL ORDER BY taken_at DESC LIMIT 1)) AS last_price
  FROM portfolios p
  LEFT JOIN LATERAL (SELECT price, total_value FROM portfolio_snapshots
    WHERE portfolio_id = p.id AND ${IS_RETAINED} AND price IS NOT NULL ORDER BY taken_at LIMIT 1) first ON true
  LEFT JOIN shape ON shape.portfolio_id = p.id
  LEFT JOIN fills ON fills.portfolio_id = p.id
  LEFT JOIN paid ON paid.portfolio_id = p.id
  LEFT JOIN hours ON hours.portfolio_id = p.id
  WHERE p.id = ANY ($1::uuid[])`;

/** $1 ids, $2 now. */
const DAYS = `
  SELECT portfolio_id, json_agg(json_build_object('day', (extract(epoch FROM day) / 86400)::integer, 'value', value) ORDER BY day)
    AS curve FROM (
    SELECT DISTINCT ON (portfolio_id, date_trunc('day', taken_at, 'UTC'))
      portfolio_id, date_trunc('day', taken_at, 'UTC') AS day, total_value::float8 AS value
    FROM portfolio_snapshots
    WHERE portfolio_id = ANY ($1::uuid[]) AND ${IS_RETAINED} AND taken_at < date_trunc('day', $2::timestamptz, 'UTC')
    ORDER BY portfolio_id, date_trunc('day', taken_at, 'UTC'), taken_at DESC) ends
  GROUP BY portfolio_id`;
