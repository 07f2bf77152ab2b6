import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { monthOf, type Month } from '../../domain/schedule/month.js';
import { timeOfUuidv7, uuidv7 } from './uuid.js';

/** Months that the database makes beside the one it is asked for. */
const MONTHS_AHEAD = 2;

/** Keeps a partition ready for every month that rows are written for. */
@Injectable()
export class MonthPartitions {
  private readonly known = new Set<Month>();

  constructor(private readonly database: DataSource) {}

  /**
   * Makes sure that there are partitions for what happens at a time, and for the ids that are made then. Call it before
   * the transaction that writes, so that no lock of it is held for long. A statement a process and month, at most.
   */
  async ensure(at: Date): Promise<void> {
    // A clock that fell back makes ids that carry a later time: see uuidv7.
    for (const time of [at, new Date(timeOfUuidv7(uuidv7(at.getTime())))]) {
      if (!this.known.has(monthOf(time))) await this.ensureAhead(time);
    }
  }

  /** Makes sure of a month and the two after it, whatever is known. Takes no lock when they are there. */
  async ensureAhead(at: Date): Promise<void> {
    await ensureMonthPartitions(this.database, at);
    for (let ahead = 0; ahead <= MONTHS_AHEAD; ahead++) this.known.add(monthOf(at) + ahead);
  }
}

/** The statement behind it: makes the partitions of a month and the two after it. */
export async function ensureMonthPartitions(database: Pick<DataSource, 'query'>, at: Date): Promise<void> {
  await database.query(`SELECT ensure_month_partitions($1)`, [at]);
}
