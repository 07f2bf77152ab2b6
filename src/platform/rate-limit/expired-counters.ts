import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { DataSource } from 'typeorm';
import { COUNTERS_TABLE, DATABASE_NOW_MS } from './counter.js';

const EVERY_MS = 10 * 60_000;

/** Removes counters whose window is over, so that the table does not grow with every address that ever came. */
@Injectable()
export class ExpiredCounters {
  constructor(private readonly database: DataSource) {}

  @Interval(EVERY_MS)
  async remove(): Promise<void> {
    await this.database.query(`DELETE FROM ${COUNTERS_TABLE} WHERE expire <= ${DATABASE_NOW_MS}`);
  }
}
