import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Money } from '../../domain/money/decimal.js';
import type { DayValue } from '../../domain/portfolio/performance.js';
import type { Outcomes, PortfolioHistory } from '../../domain/portfolio/statistics.js';
import { RETAINED_FROM } from '../../retention/retained-history.store.js';

/** An instance's life in figures: what its statistics are computed from, and what it paid. */
export interface Performance {
  readonly history: PortfolioHistory;
  /** Sum of the notional of all fills. */
  readonly tradedNotional: Money;
  readonly feesPaid: Money;
  /** Negative: more was received than paid. */
  readonly fundingPaid: Money;
  /** Hours of perpetuals whose funding is not settled yet, and those whose never will be. */
  readonly fundingHours: { readonly owed: number; readonly givenUp: number };
  readonly realized: Money;
}

const MS_PER_DAY = 86_400_000;

/** Money as decimal text: a number in JSON would lose places. */
interface OutcomesRow {
  readonly count: number;
  readonly won: number;
  readonly lost: number;
  readonly profit: string;
  readonly loss: string;
}

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
  readonly observed_notional: string;
  readonly fees: string;
  /** Null before the first fill. */
  readonly closes: OutcomesRow | null;
  /** Null before the first end of a position. */
  readonly positions: OutcomesRow | null;
  readonly held_seconds: number;
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
    const curves = await this.database.query<{ portfolio_id: string; curve: DayValue[] }[]>(DAYS, [ids, now]);
    const curveOf = new Map(curves.map(({ portfolio_id, curve }) => [portfolio_id, curve]));
    return new Map(figures.map((row) => [row.id, performanceOf(row, curveOf.get(row.id) ?? [], now)]));
  }
}

function performanceOf(row: FiguresRow, days: readonly DayValue[], now: Date): Performance {
  const closes = outcomesOf(row.closes);
  return {
    history: {
      initial: new Money(row.initial_balance),
      current: new Money(row.total_value),
      from: row.created_at,
      to: row.archived_at ?? now,
      curve: row.kept_from_value === null ? [depositOf(row), ...days] : days,
      maxDrawdown: row.max_drawdown,
      closes,
      positions: { ...outcomesOf(row.positions), heldSeconds: row.held_seconds },
      observedSeconds: row.observed,
      exposedSeconds: row.exposed,
      observedNotional: new Money(row.observed_notional),
      averageValue: money(row.average),
      firstPrice: money(row.first_price),
      lastPrice: money(row.last_price),
      retainedFromValue: money(row.kept_from_value),
    },
    tradedNotional: new Money(row.notional),
    feesPaid: new Money(row.fees),
    fundingPaid: new Money(row.funding),
    fundingHours: { owed: row.hours_owed, givenUp: row.hours_given_up },
    realized: closes.grossProfit.add(closes.grossLoss),
  };
}

const NO_OUTCOMES: OutcomesRow = { count: 0, won: 0, lost: 0, profit: '0', loss: '0' };

function outcomesOf(row: OutcomesRow | null): Outcomes {
  const { count, won, lost, profit, loss } = row ?? NO_OUTCOMES;
  return { count, won, lost, grossProfit: new Money(profit), grossLoss: new Money(loss) };
}

/** The deposit, as the value at the end of the day before it: the first day's return begins with it. */
function depositOf({ initial_balance, created_at }: FiguresRow): DayValue {
  return { day: Math.floor(created_at.getTime() / MS_PER_DAY) - 1, value: Number(initial_balance) };
}

function money(text: string | null): Money | null {
  return text === null ? null : new Money(text);
}

const IS_RETAINED = `taken_at >= coalesce(${RETAINED_FROM}, '-infinity')`;

/** Counts and sums of a column of profits, as an object. */
function outcomesOver(profit: string): string {
  return `json_build_object('count', count(${profit}), 'won', count(*) FILTER (WHERE ${profit} > 0),
      'lost', count(*) FILTER (WHERE ${profit} < 0), 'profit', coalesce(sum(${profit}) FILTER (WHERE ${profit} > 0), 0)::text,
      'loss', coalesce(sum(${profit}) FILTER (WHERE ${profit} < 0), 0)::text)`;
}

/**
 * $1 ids. A snapshot speaks for the time up to the next one. A fill's profit is that of the position that was open before it;
 * a fill that turns a position ends one and opens another. Ids tell the order: two fills may share their time.
 */
const FIGURES = `
  WITH curve AS (
    SELECT portfolio_id, taken_at, total_value, positions_value,
      extract(epoch FROM lead(taken_at) OVER (PARTITION BY portfolio_id ORDER BY taken_at) - taken_at) AS seconds
    FROM portfolio_snapshots WHERE portfolio_id = ANY ($1::uuid[]) AND ${IS_RETAINED}),
  shape AS (
    SELECT portfolio_id, sum(total_value * seconds) / sum(seconds) AS average, sum(seconds)::float8 AS observed,
      sum(seconds) FILTER (WHERE positions_value <> 0)::float8 AS exposed, min(taken_at) AS since, max(taken_at) AS until
    FROM curve GROUP BY portfolio_id),
  fills AS (
    SELECT portfolio_id, sum(notional) AS notional,
      sum(notional) FILTER (WHERE executed_at BETWEEN shape.since AND shape.until) AS observed_notional, sum(fee) AS fees,
      ${outcomesOver('realized_pnl')} AS closes
    FROM trades LEFT JOIN shape USING (portfolio_id) WHERE portfolio_id = ANY ($1::uuid[]) GROUP BY portfolio_id),
  steps AS (
    SELECT portfolio_id, symbol, realized_pnl, count(*) FILTER (WHERE opens) OVER earlier AS position,
      max(executed_at) FILTER (WHERE opens) OVER earlier AS opened_at, CASE WHEN ends THEN executed_at END AS ended_at
    FROM (SELECT *, holding_after <> 0 AND holding_before * holding_after <= 0 AS opens,
            holding_before <> 0 AND holding_before * holding_after <= 0 AS ends
          FROM trades WHERE portfolio_id = ANY ($1::uuid[])) t
    WINDOW earlier AS (PARTITION BY portfolio_id, symbol ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)),
  closed AS (
    SELECT portfolio_id, sum(realized_pnl) AS profit, max(ended_at) - max(opened_at) AS held
    FROM steps GROUP BY portfolio_id, symbol, position HAVING count(ended_at) > 0),
  positions AS (
    SELECT portfolio_id, ${outcomesOver('profit')} AS outcomes, extract(epoch FROM sum(held))::float8 AS held_seconds
    FROM closed GROUP BY portfolio_id),
  paid AS (
    SELECT portfolio_id, -sum(amount) AS funding FROM ledger_entries
    WHERE portfolio_id = ANY ($1::uuid[]) AND kind = 'funding' GROUP BY portfolio_id),
  hours AS (
    SELECT portfolio_id, count(*) FILTER (WHERE settled_at IS NULL AND given_up_at IS NULL)::integer AS owed,
      count(given_up_at)::integer AS given_up
    FROM funding_hours WHERE portfolio_id = ANY ($1::uuid[]) GROUP BY portfolio_id)
  SELECT p.id, p.initial_balance, p.total_value, p.max_drawdown, p.created_at, p.archived_at,
    coalesce(shape.observed, 0) AS observed, coalesce(shape.exposed, 0) AS exposed,
    shape.average, coalesce(fills.notional, 0) AS notional, coalesce(fills.observed_notional, 0) AS observed_notional,
    coalesce(fills.fees, 0) AS fees, fills.closes,
    positions.outcomes AS positions, coalesce(positions.held_seconds, 0) AS held_seconds, coalesce(paid.funding, 0) AS funding,
    coalesce(hours.owed, 0) AS hours_owed, coalesce(hours.given_up, 0) AS hours_given_up,
    first.price AS first_price, CASE WHEN p.created_at < ${RETAINED_FROM} THEN first.total_value END AS kept_from_value,
    coalesce(p.mark_price, (SELECT price FROM portfolio_snapshots
      WHERE portfolio_id = p.id AND ${IS_RETAINED} AND price IS NOT NULL ORDER BY taken_at DESC LIMIT 1)) AS last_price
  FROM portfolios p
  LEFT JOIN LATERAL (SELECT price, total_value FROM portfolio_snapshots
    WHERE portfolio_id = p.id AND ${IS_RETAINED} AND price IS NOT NULL ORDER BY taken_at LIMIT 1) first ON true
  LEFT JOIN shape ON shape.portfolio_id = p.id
  LEFT JOIN fills ON fills.portfolio_id = p.id
  LEFT JOIN positions ON positions.portfolio_id = p.id
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
