/** What is stored of a question when whoever asked it was gone before the answer came. */
export const ABANDONED = {
  code: 'llm_timed_out',
  detail: 'Whoever asked was gone before the answer came.',
} as const;

/**
 * Status and error of a row of `llm_calls` at a moment, as SQL: a question that is still `asked` when its time is over is
 * waited for by nobody. It is stored as failed by whoever asks the same again, which may be never.
 * @param table alias of `llm_calls`.
 * @param at the moment: a parameter of the statement, such as `$2`.
 */
export function callAsOf(table: string, at: string): { readonly status: string; readonly error: string } {
  const gone = `${table}.status = 'asked' AND ${table}.expires_at <= ${at}`;
  return {
    status: `CASE WHEN ${gone} THEN 'failed' ELSE ${table}.status END`,
    error: `CASE WHEN ${gone} THEN '${JSON.stringify(ABANDONED)}'::jsonb ELSE ${table}.error END`,
  };
}
