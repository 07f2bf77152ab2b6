import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ParamsObject } from '../../domain/params/merge-params.js';
import { RETAINED_FROM } from '../../retention/retained-history.store.js';

/** A point of the equity curve; decimal strings. */
export interface SnapshotRow {
  readonly taken_at: Date;
  /** `taken_at` with its microseconds. */
  readonly cursor: string;
  readonly total_value: string;
  readonly cash: string;
  readonly positions_value: string;
  readonly price: string | null;
  /** Deposit of the instance. */
  readonly initial_balance: string;
}

export interface ParamsVersionRow {
  readonly params_version: number;
  readonly params: ParamsObject;
  readonly changed_by: string | null;
  readonly changed_by_name: string | null;
  readonly changed_at: Date;
}

export interface LedgerRow {
  /** A bigint, as text. */
  readonly id: string;
  readonly asset: string;
  readonly amount: string;
  readonly kind: string;
  readonly trade_id: string | null;
  readonly occurred_at: Date;
}

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
      `SELECT id, asset, amount, kind, trade_id, occurred_at
       FROM ledger_entries
       WHERE portfolio_id = $1 AND ($2::bigint IS NULL OR id < $2)
         AND ($4::timestamptz IS NULL OR occurred_at >= $4) AND ($5::timestamptz IS NULL OR occurred_at < $5)
       ORDER BY id DESC LIMIT $3`,
      [portfolioId, before, limit, span.from, span.to],
    );
  }
}
