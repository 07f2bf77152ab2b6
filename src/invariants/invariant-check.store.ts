import { Injectable } from '@nestjs/common';
import { DataSource, IsNull, type EntityManager } from 'typeorm';
import { ADVISORY_LOCK } from '../platform/database/advisory-locks.js';
import type { Row } from '../platform/database/row.js';
import { InvariantCheck } from './invariant-check.entity.js';
import { statementOf, type Invariant } from './invariants.js';

/** Older results are deleted. */
const MAX_RESULTS = 100;

/** How many rows violate an invariant, and the keys of some. @param since null: of all times. */
export async function findViolations(
  manager: EntityManager,
  invariant: Invariant,
  since: Date | null,
  mostExamples: number,
): Promise<{ violations: number; examples: string[] }> {
  const { sql, values } = statementOf(invariant, since);
  const [row] = await manager.query<{ violations: number; examples: string[] | null }[]>(
    `SELECT count(*)::integer AS violations, (array_agg(id::text))[1:${mostExamples}] AS examples FROM (${sql}) AS violating`,
    values,
  );
  return { violations: row!.violations, examples: row!.examples ?? [] };
}

/** The statements on the results of checks. */
@Injectable()
export class InvariantCheckStore {
  constructor(private readonly database: DataSource) {}

  /** Null before the first. */
  async last(): Promise<InvariantCheck | null> {
    return this.database.manager.findOne(InvariantCheck, { where: {}, order: { id: 'DESC' } });
  }

  /** The last that checked everything, however old. */
  async lastWhole(): Promise<InvariantCheck | null> {
    return this.database.manager.findOne(InvariantCheck, { where: { since: IsNull() }, order: { id: 'DESC' } });
  }

  /** Stores a result and deletes those that are too old. */
  async add(check: Row<InvariantCheck>): Promise<void> {
    await this.database.manager.insert(InvariantCheck, check);
    await this.database.query(
      `DELETE FROM invariant_checks WHERE id < (SELECT id FROM invariant_checks ORDER BY id DESC OFFSET $1 LIMIT 1)`,
      [MAX_RESULTS - 1],
    );
  }

  /**
   * Does work that no other process does meanwhile; null when one does. The lock hangs on a connection of its own and
   * goes away with the process.
   */
  async alone<T>(work: () => Promise<T>): Promise<T | null> {
    const connection = this.database.createQueryRunner();
    try {
      const [row] = await connection.manager.query<{ taken: boolean }[]>(`SELECT pg_try_advisory_lock($1) AS taken`, [
        ADVISORY_LOCK.invariants,
      ]);
      if (!row!.taken) return null;
      try {
        return await work();
      } finally {
        await connection.manager.query(`SELECT pg_advisory_unlock($1)`, [ADVISORY_LOCK.invariants]);
      }
    } finally {
      await connection.release();
    }
  }
}
