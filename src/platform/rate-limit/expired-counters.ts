import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { DataSource } from 'typeorm';
import { COUNTERS_TABLE } from './counter.js';

const EVERY_MS = 10 * 60_000;
/** Long enough for replicas whose clocks differ. */
const KEPT_MS = 60 * 60_000;

/** Removes counters whose window is long over, so that the table does not grow with every address that ever came. */
@Injectable()
export class ExpiredCounters {
  constructor(private readonly database: DataSource) {}

  @Interval(EVERY_MS)
  async remove(): Promise<void> {
    await this.database.query(`DELETE FROM ${COUNTERS_TABLE} WHERE expire < $1`, [Date.now() - KEPT_MS]);
  }
}
