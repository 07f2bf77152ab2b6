import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Row } from '../../platform/database/row.js';
import { RETAINED_FROM } from '../../retention/retained-history.store.js';
import type { LedgerEntry } from '../../trading/books/ledger-entry.entity.js';
import type { PortfolioSnapshot } from '../../trading/books/portfolio-snapshot.entity.js';
import type { PortfolioParams } from '../portfolios/portfolio-params.entity.js';

/** A point of the equity curve. */
export interface SnapshotRow extends Omit<Row<PortfolioSnapshot>, 'portfolio_id'> {
  /** `taken_at` with its microseconds. */
  readonly cursor: string;
  /** Deposit of the instance. */
  readonly initial_balance: string;
}

export interface ParamsVersionRow extends Omit<Row<PortfolioParams>, 'portfolio_id'> {
  readonly changed_by_name: string | null;
}

export type LedgerRow = Row<LedgerEntry>;

/** Which rows to list, by their time; null lets everything through. */
export interface Span {
  readonly from: Date | null;
  /** Not included. */
  readonly to: Date | null;
}

/** The statements by which the books of an instance are shown: equity curve, params, ledger. All newest first. */
@Injectable()
export class BookStore {
  constructor(private readonly database: DataSource) {}

  async snapshots(portfolioId: string, span: Span, before: string | null, limit: number): Promise<SnapshotRow[]> {
    return this.database.query(
      `SELECT taken_at, to_char(taken_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS cursor,
         total_value, cash, positions_value, price,
         (SELECT initial_balance FROM portfolios WHERE id = $1) AS initial_balance
       FROM portfolio_snapshots
       WHERE portfolio_id = $1 AND taken_at >= coalesce(${RETAINED_FROM}, '-infinity')
         AND ($2::timestamptz IS NULL OR taken_at < $2)
         AND ($4::timestamptz IS NULL OR taken_at >= $4) AND ($5::timestamptz IS NULL OR taken_at < $5)
       ORDER BY taken_at DESC LIMIT $3`,
      [portfolioId, before, limit, span.from, span.to],
    );
  }

  async paramsVersions(
    portfolioId: string,
    span: Span,
    before: string | null,
    limit: number,
  ): Promise<ParamsVersionRow[]> {
    return this.database.query(
      `SELECT h.params_version, h.params, h.changed_by, u.full_name AS changed_by_name, h.changed_at
       FROM portfolio_params_history h
       LEFT JOIN users u ON u.id = h.changed_by
       WHERE h.portfolio_id = $1 AND ($2::integer IS NULL OR h.params_version < $2)
         AND ($4::timestamptz IS NULL OR h.changed_at >= $4) AND ($5::timestamptz IS NULL OR h.changed_at < $5)
       ORDER BY h.params_version DESC LIMIT $3`,
      [portfolioId, before, limit, span.from, span.to],
    );
  }

  async ledger(portfolioId: string, span: Span, before: string | null, limit: number): Promise<LedgerRow[]> {
    return this.database.query(
      `SELECT * FROM ledger_entries
       WHERE portfolio_id = $1 AND ($2::bigint IS NULL OR id < $2)
         AND ($4::timestamptz IS NULL OR occurred_at >= $4) AND ($5::timestamptz IS NULL OR occurred_at < $5)
       ORDER BY id DESC LIMIT $3`,
      [portfolioId, before, limit, span.from, span.to],
    );
  }
}
