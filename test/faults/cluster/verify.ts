import { DataSource } from 'typeorm';
import { checkInvariants } from '../../../src/invariants/check-invariants.js';
import { databaseOptions } from '../../../src/schema.js';
import type { Cluster } from './cluster.js';

/** Held against the rows themselves, whatever constraints the tables have. One row for each violation. */
const EXACTLY_ONCE: Readonly<Record<string, string>> = {
  'an execution done twice': `SELECT 1 FROM strategy_executions GROUP BY run_id, portfolio_id HAVING count(*) > 1`,
  'a tick that exists twice': `SELECT 1 FROM strategy_runs GROUP BY definition_id, scheduled_for HAVING count(*) > 1`,
  'two trades of an instance in a run': `SELECT 1 FROM trades t JOIN strategy_executions e ON e.id = t.execution_id
     GROUP BY e.run_id, e.portfolio_id HAVING count(*) > 1`,
  'a run that is not finished': `SELECT 1 FROM strategy_runs WHERE finished_at IS NULL`,
  'a finished run with an open chunk': `SELECT 1 FROM strategy_run_chunks c JOIN strategy_runs r ON r.id = c.run_id
     WHERE r.status IN ('completed', 'degraded') AND c.finished_at IS NULL`,
  'a trade of a run that failed or was skipped before it was divided': `SELECT 1 FROM trades t
     JOIN strategy_executions e ON e.id = t.execution_id JOIN strategy_runs r ON r.id = e.run_id
     WHERE r.chunks_total IS NULL`,
};

export interface Verdict {
  readonly violations: number;
  readonly problems: readonly string[];
}

/** Checks every invariant of the program, and that everything happened exactly once. */
export async function verify(cluster: Cluster): Promise<Verdict> {
  const problems: string[] = [];
  let violations = 0;
  const dataSource = new DataSource(databaseOptions(cluster.server.ownerUrl, { poolSize: 1 }));
  await dataSource.initialize();
  try {
    for (const result of await checkInvariants(dataSource)) {
      if (result.violations === 0) continue;
      violations += result.violations;
      problems.push(`invariant ${result.name}: ${result.violations}, such as ${result.examples.join(', ')}`);
    }
  } finally {
    await dataSource.destroy();
  }
  for (const [what, sql] of Object.entries(EXACTLY_ONCE)) {
    const rows = await cluster.sql(sql);
    if (rows.length === 0) continue;
    violations += rows.length;
    problems.push(`${what}: ${rows.length}`);
  }
  return { violations, problems };
}
