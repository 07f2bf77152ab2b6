import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { monthOf, type Month } from '../../domain/month.js';
import { timeOfUuidv7, uuidv7 } from './uuid.js';

/** Months that the database creates after the requested one. */
const MONTHS_AHEAD = 2;

/** Creates the partition of every month before rows are written for it. */
@Injectable()
export class MonthPartitions {
  private readonly known = new Set<Month>();

  constructor(private readonly database: DataSource) {}

  /**
   * Ensures partitions for a time, and for the ids that are generated then. Call it before the transaction that writes,
   * so that none of its locks is held for long. Sends at most one statement per process and month.
   */
  async ensure(at: Date): Promise<void> {
    // After the clock stepped back, ids still carry the later time: see uuidv7.
    for (const time of [at, new Date(timeOfUuidv7(uuidv7(at.getTime())))]) {
      if (!this.known.has(monthOf(time))) await this.ensureAhead(time);
    }
  }

  /** Ensures a month and the two after it, even when they are known. Takes no lock when they exist. */
  async ensureAhead(at: Date): Promise<void> {
    await ensureMonthPartitions(this.database, at);
    for (let ahead = 0; ahead <= MONTHS_AHEAD; ahead++) this.known.add(monthOf(at) + ahead);
  }
}

/** Creates the missing partitions of a month and the two after it. */
export async function ensureMonthPartitions(database: Pick<DataSource, 'query'>, at: Date): Promise<void> {
  await database.query(`SELECT ensure_month_partitions($1)`, [at]);
}
