/** Sends a statement. */
type Query = (statement: string, values: unknown[]) => Promise<unknown>;

/** Changes some params of instances as the interface does, but unchecked: a new version, kept in the history. */
export async function changeParams(query: Query, ids: readonly unknown[], params: object): Promise<void> {
  await query(statement('p.instance_params || $2::jsonb'), [ids, JSON.stringify(params)]);
}

/** The same with params that are these and no others, however broken. */
export async function replaceParams(query: Query, ids: readonly unknown[], params: unknown): Promise<void> {
  await query(statement('$2::jsonb'), [ids, JSON.stringify(params)]);
}

function statement(params: string): string {
  return `WITH changed AS (
      UPDATE portfolios p SET instance_params = ${params}, params_version = params_version + 1
      WHERE id = ANY ($1::uuid[]) RETURNING id, params_version, instance_params)
    INSERT INTO portfolio_params_history (portfolio_id, params_version, params, changed_at)
    SELECT id, params_version, instance_params, now() FROM changed`;
}
