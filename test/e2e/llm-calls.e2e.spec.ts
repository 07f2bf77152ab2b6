import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { uuidv7 } from '../../src/platform/database/uuid.js';
import { createTestApp, type TestApp } from '../support/app.js';

const FIRST = Date.UTC(2026, 0, 15, 12);
const MINUTE_MS = 60_000;

interface Page {
  readonly items: readonly { readonly id: string; readonly agent_name: string }[];
  readonly next_cursor: string | null;
}

describe('the questions to language models', () => {
  let t: TestApp;
  let token: string;
  /** Oldest first; of `macro` and `ta` in turn, every third of them failed. */
  const ids: string[] = [];

  beforeAll(async () => {
    t = await createTestApp();
    token = await t.signIn('admin');
    for (let index = 0; index < 6; index++) ids.push(await add(index));
  });

  afterAll(() => t.close());

  async function add(index: number): Promise<string> {
    const at = new Date(FIRST + index * MINUTE_MS);
    const id = uuidv7(at.getTime());
    const failed = index % 3 === 2;
    await t.database.dataSource.query(
      `INSERT INTO llm_calls (id, agent_name, provider, model, content_hash, prompt, status, answer, answer_hash, verdict,
         error, prompt_tokens, completion_tokens, reserved, cost, cost_known, day, asked_at, expires_at, answered_at)
       VALUES ($1::uuid, $2, 'https://llm.example/v1', 'small', $1::text, $3, $4, 'text', 'hash', $5, $6, 400, 50, 0.01,
         0.0045, true, ($7::timestamptz)::date, $7, $7, $7)`,
      [
        id,
        index % 2 === 0 ? 'macro' : 'ta',
        JSON.stringify([{ role: 'user', content: '{"agent":"macro"}' }]),
        failed ? 'failed' : 'answered',
        failed ? null : JSON.stringify({ score: 1, confidence: 1, reasoning: 'Calm.' }),
        failed ? JSON.stringify({ code: 'llm_refused', detail: 'The model refuses to answer.' }) : null,
        at,
      ],
    );
    return id;
  }

  const get = (path: string) => t.http.get(`/api/v1/admin/llm-calls${path}`).auth(token, { type: 'bearer' });
  const idsOf = async (query: string): Promise<string[]> => ((await get(query)).body as Page).items.map(({ id }) => id);
  const places = (...indexes: number[]): string[] => indexes.map((index) => ids[index]!);

  it('are listed newest first, without their texts, page by page', async () => {
    const first = (await get('?limit=4')).body as Page;
    expect(first.items.map(({ id }) => id)).toEqual(places(5, 4, 3, 2));
    expect(first.items[3]).toEqual({
      id: ids[2],
      agent_name: 'macro',
      provider: 'https://llm.example/v1',
      model: 'small',
      status: 'failed',
      content_hash: ids[2],
      answer_hash: 'hash',
      error: { code: 'llm_refused', message: 'The model refuses to answer.' },
      prompt_tokens: 400,
      completion_tokens: 50,
      cost: '0.0045',
      cost_known: true,
      asked_at: '2026-01-15T12:02:00.000Z',
      answered_at: '2026-01-15T12:02:00.000Z',
    });
    const second = (await get(`?limit=4&cursor=${first.next_cursor}`)).body as Page;
    expect(second).toMatchObject({ items: [{ id: ids[1] }, { id: ids[0] }], next_cursor: null });
  });

  it('are filtered by agent, state and time', async () => {
    expect(await idsOf('?agent=ta')).toEqual(places(5, 3, 1));
    expect(await idsOf('?status=failed')).toEqual(places(5, 2));
    expect(await idsOf('?agent=macro&status=answered')).toEqual(places(4, 0));
    expect(await idsOf('?from=2026-01-15T12:02:00Z&to=2026-01-15T12:04:00Z')).toEqual(places(3, 2));
    for (const query of ['?status=lost', '?run_id=1', '?agent=a&agent=b', '?cursor=x']) {
      expect((await get(query)).status).toBe(400);
    }
  });

  it('are found by the run that rests on them, answers from the store included', async () => {
    const run = uuidv7(FIRST);
    const { dataSource } = t.database;
    await dataSource.query(`SELECT ensure_month_partitions($1)`, [new Date(FIRST)]);
    for (const [agent, call] of [
      ['macro', ids[0]],
      ['ta', ids[3]],
      ['onchain', null],
    ]) {
      await dataSource.query(
        `INSERT INTO agent_executions (run_id, agent_name, status, score, details, mode, llm_call_id, duration_ms, created_at)
         VALUES ($1, $2, 'success', 1, '{}', 'llm', $3, 1, now())`,
        [run, agent, call],
      );
    }
    expect(await idsOf(`?run_id=${run}`)).toEqual(places(3, 0));
    expect(await idsOf(`?run_id=${uuidv7(FIRST)}`)).toEqual([]);
  });

  it('have failed when the asking process is gone, before anybody asks the same again', async () => {
    const { dataSource } = t.database;
    const now = Date.now();
    const add = async (age: number, expiresIn: number): Promise<string> => {
      const at = new Date(now - age);
      const id = uuidv7(at.getTime());
      await dataSource.query(
        `INSERT INTO llm_calls (id, agent_name, provider, model, content_hash, prompt, status, reserved, cost, day, asked_at,
           expires_at)
         VALUES ($1::uuid, 'onchain', 'https://llm.example/v1', 'small', $1::text, '[]', 'asked', 1, 1,
           ($2::timestamptz)::date, $2, $3)`,
        [id, at, new Date(now + expiresIn)],
      );
      return id;
    };
    const [gone, waiting] = [await add(60_000, -30_000), await add(0, 60_000)];
    expect((await get('?agent=onchain')).body).toMatchObject({
      items: [
        { id: waiting, status: 'asked', error: null },
        {
          id: gone,
          status: 'failed',
          error: { code: 'llm_timed_out', message: 'The process that asked ended before the answer came.' },
          answered_at: null,
        },
      ],
    });
    expect(await idsOf('?agent=onchain&status=failed')).toEqual([gone]);
    expect(await idsOf('?agent=onchain&status=asked')).toEqual([waiting]);
    expect((await get(`/${gone}`)).body).toMatchObject({ status: 'failed', error: { code: 'llm_timed_out' } });
    await dataSource.query(
      `UPDATE agent_registry SET llm_enabled = true, llm_model = 'small', llm_input_price = 1, llm_output_price = 1
       WHERE agent_name = 'onchain'`,
    );
    const system = await t.http.get('/api/v1/admin/system').auth(token, { type: 'bearer' });
    expect((system.body as { language_models: unknown }).language_models).toMatchObject([
      { agent: 'onchain', questions_today: 2, failed_today: 1, last_failure: { code: 'llm_timed_out' } },
    ]);
  });

  it('have prompt, answer and verdict one by one', async () => {
    expect((await get(`/${ids[0]}`)).body).toMatchObject({
      id: ids[0],
      prompt: [{ role: 'user', content: '{"agent":"macro"}' }],
      answer: 'text',
      verdict: { score: 1, confidence: 1, reasoning: 'Calm.' },
      error: null,
    });
    expect((await get(`/${uuidv7(FIRST)}`)).status).toBe(404);
  });
});
