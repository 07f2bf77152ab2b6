import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** SQL: the first moment of the history that is kept; null: all of it is. Months are dropped from the oldest on. */
export const RETAINED_FROM = `(SELECT (max(month) + interval '1 month') AT TIME ZONE 'UTC' FROM dropped_months)`;

/** From when on executions, analyses and snapshots are there. Orders, trades, ledger and runs always are. */
@Injectable()
export class RetainedHistoryStore {
  constructor(private readonly database: DataSource) {}

  /** Null: from the beginning. */
  async retainedFrom(): Promise<Date | null> {
    const [row] = await this.database.query<{ kept_from: Date | null }[]>(`SELECT ${RETAINED_FROM} AS kept_from`);
    return row!.kept_from;
  }
}
