import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { StoredReason } from '../../src/instances/history/storage-codec.js';
import { checkInvariants } from '../../src/invariants/check-invariants.js';
import { withReasons } from '../support/decisions.js';
import { replaceParams } from '../support/change-params.js';
import { createTestEngine, type TestEngine } from '../support/engine.js';
import { FixedMarket } from '../support/fixed-market.js';
import { ALWAYS_BUY, ALWAYS_SELL } from '../support/params.js';

describe('failures in a run', () => {
  let engine: TestEngine;

  afterEach(() => engine.close());

  async function lastRun(): Promise<{ status: string; counters: unknown; error: { code: string } | null }> {
    const [row] = await engine.database.dataSource.query<never[]>(
      `SELECT status, counters, error FROM strategy_runs r JOIN strategy_definitions d ON d.id = r.definition_id
       WHERE d.name = 'multi_agent_btc_v1' ORDER BY r.id DESC LIMIT 1`,
    );
    return row!;
  }

  it('keeps a broken instance to itself: one failed row with a code, the others trade', async () => {
    engine = await createTestEngine();
    const ids = await engine.addInstances(10, { params: ALWAYS_BUY });
    const { dataSource } = engine.database;
    await replaceParams((...sent) => dataSource.query(...sent), [ids[4]], { buy_threshold: 'high' });
    await engine.tick();
    expect(await lastRun()).toMatchObject({
      status: 'degraded',
      counters: { instances: 10, executed: 9, held: 0, failed: 1 },
    });
    const failed = await engine.database.dataSource.query<{ portfolio_id: string; error: { code: string } }[]>(
      `SELECT portfolio_id, error FROM strategy_executions WHERE status = 'failed'`,
    );
    expect(failed).toEqual([{ portfolio_id: ids[4], error: { code: 'params_invalid', message: expect.any(String) } }]);
    const violated = (await checkInvariants(engine.database.dataSource)).filter((result) => result.violations > 0);
    expect(violated).toEqual([]);
  });

  it('are logged, and of the decisions only those that traded, where LOG_DECISIONS is acted', async () => {
    const log = new PassThrough();
    engine = await createTestEngine({ log, config: { logLevel: 'info', logDecisions: 'acted' } });
    const ids = await engine.addInstances(3, { params: ALWAYS_BUY });
    const { dataSource } = engine.database;
    const replace = (id: string | undefined, params: Record<string, unknown>) =>
      replaceParams((...sent) => dataSource.query(...sent), [id!], params);
    await replace(ids[1], { buy_threshold: 'high' });
    await replace(ids[2], ALWAYS_SELL);
    await engine.tick();
    const lines = String(log.read())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const ofDecisions = lines.filter(({ msg }) => msg === 'decision' || msg === 'instance failed');
    expect(ofDecisions.map(({ msg, instance_id }) => [msg, instance_id])).toEqual([
      ['instance failed', ids[1]],
      ['decision', ids[0]],
    ]);
    expect(lines.find(({ msg }) => msg === 'decisions of a chunk')).toMatchObject({
      instances: 2,
      acted: 1,
      reasons: { conviction: 2, buy_signal: 1, full_sell_signal: 1, position_ratio_below_limit: 1 },
    });
  });

  it('decides nothing without a price, says why, and tries again at the next tick', async () => {
    const market = new FixedMarket(null);
    engine = await createTestEngine({ source: market });
    await engine.addInstances(2, { params: ALWAYS_BUY });
    await engine.tick();
    expect(await lastRun()).toMatchObject({ status: 'failed', error: { code: 'market_data_unavailable' } });
    const executions = await engine.database.dataSource.query<unknown[]>(`SELECT 1 FROM strategy_executions`);
    expect(executions).toHaveLength(0);

    market.priceText = '100000';
    engine.clock.advance(10 * 60_000);
    await engine.tick();
    expect((await lastRun()).status).not.toBe('failed');
  });

  it('holds every instance when an agent has nothing to say, and names the agent', async () => {
    // No daily series at all: macro and onchain have no factor.
    engine = await createTestEngine({ source: new FixedMarket('100000', {}) });
    await engine.addInstances(2, { params: ALWAYS_BUY });
    await engine.tick();
    expect(await lastRun()).toMatchObject({
      status: 'degraded',
      counters: { instances: 2, executed: 0, held: 2, failed: 0 },
    });
    const rows = await engine.database.dataSource.query<
      {
        signal: string;
        conviction_score: number | null;
        should_execute: boolean;
        reasons: StoredReason[];
      }[]
    >(`SELECT signal, conviction_score, should_execute, reasons FROM strategy_executions`);
    for (const row of withReasons(rows)) {
      expect(row).toMatchObject({ signal: 'HOLD', conviction_score: null, should_execute: false });
      const missing = row.reasons.filter((reason) => reason.code === 'agent_unavailable').map((reason) => reason.agent);
      expect(missing).toEqual(['macro', 'onchain']);
    }
  });

  it('takes a switched-off agent for missing from the next run on', async () => {
    engine = await createTestEngine();
    await engine.addInstances(1, { params: ALWAYS_BUY });
    await engine.tick();
    expect((await lastRun()).status).toBe('completed');
    await engine.database.dataSource.query(`UPDATE agent_registry SET is_active = false WHERE agent_name = 'ta'`);
    engine.clock.advance(10 * 60_000);
    await engine.tick();
    expect((await lastRun()).status).toBe('degraded');
    const [row] = await engine.database.dataSource.query<{ status: string }[]>(
      `SELECT status FROM agent_executions WHERE agent_name = 'ta' ORDER BY run_id DESC LIMIT 1`,
    );
    expect(row!.status).toBe('unavailable');
  });
});
