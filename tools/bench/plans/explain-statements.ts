import type { DataSource } from 'typeorm';
import type { ExplainedPlan } from './plan-summary.js';

/** Explains each statement before it is carried out. @returns what puts the data source back. */
export function explainStatements(
  database: DataSource,
  found: (statement: string, plan: ExplainedPlan) => void,
): () => void {
  const query = database.query.bind(database);
  database.query = async (sql: string, ...rest: [parameters?: never, runner?: never]) => {
    type Row = { 'QUERY PLAN': [ExplainedPlan] };
    const [row] = await query<Row[]>(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${sql}`, ...rest);
    found(shortened(sql), row!['QUERY PLAN'][0]);
    return query(sql, ...rest);
  };
  return () => {
    database.query = query;
  };
}

/** `SELECT count(*)::int AS ... FROM portfolios p WHERE ...`: enough to find it in its store. */
function shortened(sql: string): string {
  const line = sql.replaceAll(/\s+/g, ' ');
  return `${line.slice(0, 25)} ...${line.slice(line.indexOf(' FROM ')).slice(0, 60)} ...`;
}
