import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { RequestCutoff } from '../../src/decision-agents/cutoff/request-cutoff.js';
import { NotFound } from '../../src/platform/http/problems/app-errors.js';
import type { ConvictionView } from '../../src/scheduler/views/conviction.view.js';
import { ConvictionsService } from '../../src/scheduler/views/convictions.service.js';
import { createTestEngine, type TestEngine } from '../support/engine.js';
import { FixedMarket } from '../support/fixed-market.js';

const DEFINITION = 1;
const PERIOD_MS = 10 * 60_000;
const EVERYTHING = { from: null, to: null, before: null };

describe('the conviction of runs', () => {
  let engine: TestEngine;
  let market: FixedMarket;

  beforeEach(async () => {
    market = new FixedMarket();
    engine = await createTestEngine({ source: market });
    await engine.addInstances(1);
  });

  afterEach(() => engine.close());

  const sql = <T>(statement: string, values: unknown[] = []): Promise<T[]> =>
    engine.database.dataSource.query<T[]>(statement, values);
  const list = (filter = {}): Promise<ConvictionView[]> =>
    engine.app.get(ConvictionsService).list(DEFINITION, { ...EVERYTHING, ...filter }, 50);

  async function tick(): Promise<string> {
    engine.clock.advance(PERIOD_MS);
    return (await engine.tick())[0]!;
  }

  it('is that of an instance with the default params which holds nothing', async () => {
    const run = await tick();
    const [decided] = await sql<{ conviction_score: number; signal: string }>(
      `SELECT conviction_score, signal FROM strategy_executions WHERE run_id = $1`,
      [run],
    );
    expect(await list()).toEqual([
      { run_id: run, scheduled_for: engine.clock.now().toISOString(), ...decided, reason: null },
    ]);
  });

  it('follows the default params that the definition has', async () => {
    const run = await tick();
    await sql(`UPDATE agent_executions SET score = CASE agent_name WHEN 'macro' THEN 80 ELSE 0 END WHERE run_id = $1`, [
      run,
    ]);
    const [mixed] = await list();
    const weights = { macro: 1, onchain: 0, ta: 0 };
    await sql(`UPDATE strategy_definitions SET default_params = default_params || $2::jsonb WHERE id = $1`, [
      DEFINITION,
      { agent_weights: weights },
    ]);
    const [macro] = await list();
    expect(mixed!.conviction_score).toBeLessThan(macro!.conviction_score!);
    // 50 + 80 / 2: the weighted score of -100..100 as points of 0..100, where no risk rule fires.
    expect(macro!.conviction_score).toBe(90);
  });

  it('is null, with the reason, for a run that an agent was silent in, that saw no market, or that is not kept', async () => {
    const silent = await tick();
    await sql(
      `UPDATE agent_executions SET status = 'failed', score = NULL, signal = NULL WHERE run_id = $1 AND agent_name = 'ta'`,
      [silent],
    );
    market.priceText = null;
    const blind = await tick();
    const reasons = (await list()).map(({ run_id, conviction_score, signal, reason }) => [
      run_id,
      conviction_score,
      signal,
      reason,
    ]);
    expect(reasons).toEqual([
      [blind, null, null, 'no_market'],
      [silent, null, null, 'agent_unavailable'],
    ]);
    await sql(`INSERT INTO dropped_months (month, first_id, end_id, begun_at) VALUES ('2026-01-01', $1, $2, now())`, [
      silent,
      blind,
    ]);
    expect((await list()).map(({ reason }) => reason)).toEqual(['no_market', 'not_kept']);
  });

  it('is null where the definition can decide nothing any more', async () => {
    await tick();
    await sql(`UPDATE strategy_definitions SET default_params = '{"buy_threshold": "high"}' WHERE id = $1`, [
      DEFINITION,
    ]);
    expect((await list()).map(({ reason }) => reason)).toEqual(['params_invalid']);
    await sql(`UPDATE strategy_definitions SET decision_agent_class = 'Gone' WHERE id = $1`, [DEFINITION]);
    expect((await list()).map(({ reason }) => reason)).toEqual(['unknown_decision_agent']);
  });

  it('asks for ten runs at a time, so that other requests need not wait for all', async () => {
    for (let run = 0; run < 12; run++) await tick();
    const asked = jest.spyOn(RequestCutoff.prototype, 'ask');
    const answers = await list();
    const sizes = asked.mock.calls.map(([, contexts]) => contexts.length);
    asked.mockRestore();
    expect(sizes).toEqual([10, 2]);
    expect(answers.map(({ conviction_score }) => typeof conviction_score)).toEqual(Array(12).fill('number'));
  });

  it('is of runs that have ended, of the span that is asked for, newest first', async () => {
    const first = await tick();
    const second = await tick();
    expect((await list()).map(({ run_id }) => run_id)).toEqual([second, first]);
    expect((await list({ before: second })).map(({ run_id }) => run_id)).toEqual([first]);
    expect((await list({ from: engine.clock.now() })).map(({ run_id }) => run_id)).toEqual([second]);
    expect((await list({ to: engine.clock.now() })).map(({ run_id }) => run_id)).toEqual([first]);
    engine.clock.advance(PERIOD_MS);
    await engine.planner.planDue();
    expect((await list()).map(({ run_id }) => run_id)).toEqual([second, first]);
    await expect(engine.app.get(ConvictionsService).list(999_999, EVERYTHING, 50)).rejects.toThrow(NotFound);
  });
});
