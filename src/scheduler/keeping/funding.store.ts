import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { BulkColumn } from '../../platform/database/bulk-column.js';
import { arrays, unnest } from '../../platform/database/bulk-values.js';
import { ARE_KEPT, KEPT_COLUMNS, KEPT_TABLES, type KeptMarket, type KeptRow } from './kept-position.js';

/** A position after its funding; money is decimal text. */
export interface FundedRow {
  readonly portfolio_id: string;
  readonly symbol: string;
  readonly margin: string;
  readonly funding_until: Date;
  readonly updated_at: Date;
}

const FUNDED: readonly BulkColumn<FundedRow>[] = [
  { name: 'portfolio_id', type: 'uuid', value: (row) => row.portfolio_id },
  { name: 'symbol', type: 'text', value: (row) => row.symbol },
  { name: 'margin', type: 'numeric', value: (row) => row.margin },
  { name: 'funding_until', type: 'timestamptz', value: (row) => row.funding_until },
  { name: 'updated_at', type: 'timestamptz', value: (row) => row.updated_at },
];

/** Perpetual positions that owe an hour or more. */
const DUE = `${KEPT_TABLES}
  WHERE ${ARE_KEPT} AND s.entry_notional > 0 AND s.funding_until <= $3::timestamptz - interval '1 hour'`;

/** The statements of the funding: as many for one position as for all. */
@Injectable()
export class FundingStore {
  constructor(private readonly database: DataSource) {}

  /** Up to when the position that owes most has paid; null when none owes anything. */
  async oldest({ channel, symbol }: KeptMarket, now: Date): Promise<Date | null> {
    const [row] = await this.database.query<{ oldest: Date | null }[]>(
      `SELECT min(s.funding_until) AS oldest FROM ${DUE}`,
      [channel, symbol, now],
    );
    return row!.oldest;
  }

  /** Locks those that owe, in the order of their ids, then reads them: see `ExitStore.lockReached`. */
  async lockDue(manager: EntityManager, { channel, symbol }: KeptMarket, now: Date): Promise<KeptRow[]> {
    const locked = await manager.query<{ id: string }[]>(
      `SELECT p.id FROM ${DUE} ORDER BY p.id FOR NO KEY UPDATE OF p`,
      [channel, symbol, now],
    );
    if (locked.length === 0) return [];
    return manager.query<KeptRow[]>(`SELECT ${KEPT_COLUMNS} FROM ${DUE} AND p.id = ANY ($4::uuid[]) ORDER BY p.id`, [
      channel,
      symbol,
      now,
      locked.map(({ id }) => id),
    ]);
  }

  async write(manager: EntityManager, rows: readonly FundedRow[]): Promise<void> {
    if (rows.length === 0) return;
    await manager.query(
      `UPDATE positions s SET margin = f.margin, funding_until = f.funding_until, updated_at = f.updated_at
       FROM ${unnest(FUNDED)} AS f (${FUNDED.map(({ name }) => name).join(', ')})
       WHERE s.portfolio_id = f.portfolio_id AND s.symbol = f.symbol`,
      arrays(FUNDED, rows),
    );
  }
}
