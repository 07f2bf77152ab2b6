import type { MigrationInterface, QueryRunner } from 'typeorm';
import { decodeReasons, type StoredReason } from '../src/instances/history/stored-reasons.js';
import { decodeState } from '../src/instances/history/stored-state.js';

/**
 * Reasons and the state before a decision become JSON text, in which new executions leave out the names that all have
 * (src/domain/decision/short). As jsonb every number took 12 bytes more and each row a parse. What is there keeps its
 * names, and is read as it is.
 */
export class ShortenExplanations1764004000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // Rewrites every month.
    await db.query(`SET LOCAL statement_timeout = 0`);
    await db.query(`
      ALTER TABLE strategy_executions
        ALTER COLUMN reasons TYPE json USING reasons::text::json,
        ALTER COLUMN state_before TYPE json USING state_before::text::json`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`SET LOCAL statement_timeout = 0`);
    for (let last: Place | undefined = FIRST; last;) last = await lengthenSome(db, last);
    await db.query(`
      ALTER TABLE strategy_executions
        ALTER COLUMN reasons TYPE jsonb USING reasons::text::jsonb,
        ALTER COLUMN state_before TYPE jsonb USING state_before::text::jsonb`);
  }
}

interface Place {
  readonly run_id: string;
  readonly portfolio_id: string;
}

interface Short extends Place {
  readonly conviction_score: number | null;
  readonly reasons: readonly StoredReason[];
  readonly state_before: readonly unknown[];
}

const AT_ONCE = 5000;
const NOBODY = '00000000-0000-0000-0000-000000000000';
const FIRST: Place = { run_id: NOBODY, portfolio_id: NOBODY };

/** Gives the rows after one their names back. @returns the last of them; undefined when there was none. */
async function lengthenSome(db: QueryRunner, after: Place): Promise<Place | undefined> {
  const rows = (await db.query(
    `SELECT run_id, portfolio_id, conviction_score, reasons, state_before FROM strategy_executions
     WHERE (run_id, portfolio_id) > ($1, $2) ORDER BY run_id, portfolio_id LIMIT ${AT_ONCE}`,
    [after.run_id, after.portfolio_id],
  )) as Short[];
  await db.query(
    `UPDATE strategy_executions e SET reasons = l.reasons, state_before = l.state_before
     FROM unnest($1::uuid[], $2::uuid[], $3::json[], $4::json[]) AS l (run_id, portfolio_id, reasons, state_before)
     WHERE e.run_id = l.run_id AND e.portfolio_id = l.portfolio_id`,
    [
      rows.map((row) => row.run_id),
      rows.map((row) => row.portfolio_id),
      rows.map((row) => JSON.stringify(decodeReasons(row.reasons, row.conviction_score))),
      rows.map((row) => JSON.stringify(decodeState(row.state_before))),
    ],
  );
  return rows.at(-1);
}
