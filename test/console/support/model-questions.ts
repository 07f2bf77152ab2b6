import type { TestDatabase } from '../../support/database.js';

/** Looks like markup: if a page took it for that, it would call home. */
export const NOT_MARKUP = '<img src="x" onerror="document.title=\'taken\'"> **not bold**';

/** Questions to language models as their agents record them: one of each state, of yesterday. */
export async function storeModelQuestions({ dataSource }: TestDatabase): Promise<void> {
  const prompt = JSON.stringify([
    { role: 'system', content: 'You look over an analysis of the market.' },
    {
      role: 'user',
      content: `{"agent":"macro","factors":[{"name":"vix","value":18}],"note":${JSON.stringify(NOT_MARKUP)}}`,
    },
  ]);
  const verdict = { score: 12, confidence: 0.8, reasoning: NOT_MARKUP };
  const answer = JSON.stringify(verdict);
  const failure = { code: 'llm_timed_out', detail: 'No answer within 20 s.' };
  await dataSource.query(
    `INSERT INTO llm_calls (id, agent_name, provider, model, content_hash, prompt, status, answer, answer_hash, verdict,
       error, prompt_tokens, completion_tokens, reserved, cost, cost_known, day, asked_at, expires_at, answered_at)
     SELECT given.id::uuid, given.agent, 'https://models.example/v1', 'a-small-model', given.hash, $1::jsonb, given.status,
       given.answer, given.answer_hash, given.verdict, given.error, given.read, given.written, 0.002, given.cost, given.known,
       (now() AT TIME ZONE 'UTC' - interval '1 day')::date, now() - interval '1 day',
       now() - interval '1 day' + interval '30 s',
       CASE WHEN given.status = 'asked' THEN NULL ELSE now() - interval '1 day' + interval '2 s' END
     FROM (VALUES
       ('019a9c2e-7c00-7000-8000-000000000001', 'macro', repeat('a', 64), 'answered', $2::text, repeat('b', 64), $3::jsonb,
         NULL::jsonb, 412, 64, 0.0001002, true),
       ('019a9c2e-7c01-7000-8000-000000000002', 'macro', repeat('c', 64), 'failed', NULL, NULL, NULL, $4::jsonb, NULL, NULL,
         0.002, false),
       ('019a9c2e-7c02-7000-8000-000000000003', 'ta', repeat('d', 64), 'asked', NULL, NULL, NULL, NULL, NULL, NULL, 0.002,
         false)
     ) AS given (id, agent, hash, status, answer, answer_hash, verdict, error, read, written, cost, known)`,
    [prompt, answer, verdict, failure],
  );
  await dataSource.query(
    `INSERT INTO llm_spending (agent_name, day, spent)
     SELECT agent_name, day, sum(cost) FROM llm_calls GROUP BY agent_name, day`,
  );
}
