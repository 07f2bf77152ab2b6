import { Injectable } from '@nestjs/common';
import { DataSource, LessThan } from 'typeorm';
import { bulkUpsert } from '../../platform/database/bulk-statements.js';
import type { Row } from '../../platform/database/row.js';
import { SettlementFailure } from './settlement-failure.entity.js';

@Injectable()
export class SettlementFailureStore {
  constructor(private readonly database: DataSource) {}

  /** Adds a failure; a repeated one replaces the message and increments `times`. */
  async record(failure: Omit<Row<SettlementFailure>, 'times'>): Promise<void> {
    await bulkUpsert(
      this.database.manager,
      SettlementFailure,
      [{ ...failure, times: 1 }],
      `(portfolio_id, symbol, task) DO UPDATE SET message = excluded.message, last_at = excluded.last_at,
         times = keeping_faults.times + 1`,
    );
  }

  async removeBefore(time: Date): Promise<void> {
    await this.database.manager.delete(SettlementFailure, { last_at: LessThan(time) });
  }
}
