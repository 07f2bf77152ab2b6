import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { MarketDataService } from '../../src/market-data/market-data.service.js';
import { createTestEngine, type TestEngine } from '../support/engine.js';

const LEASE_MS = 15_000;

describe('the market of a run', () => {
  let engine: TestEngine;
  let runId: string;
  let prepare: jest.SpiedFunction<MarketDataService['prepare']>;

  beforeEach(async () => {
    engine = await createTestEngine();
    await engine.addInstances(1);
    [runId] = (await engine.planner.planDue()) as [string];
    prepare = jest.spyOn(engine.app.get(MarketDataService, { strict: false }), 'prepare');
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await engine.close();
  });

  const run = async () => {
    const [row] = await engine.database.dataSource.query<{ attempts: number; started_at: Date | null }[]>(
      `SELECT status, attempts, started_at, lease_until FROM strategy_runs`,
    );
    return row;
  };

  it('is prepared by one worker alone, and the run begins after that', async () => {
    prepare.mockImplementationOnce(async () => {
      engine.clock.advance(3000);
      expect(await run()).toMatchObject({ status: 'analysing', started_at: null });
      expect(await engine.runs.handle(runId)).toEqual([]);
    });
    expect(await engine.runs.handle(runId)).toEqual([0]);
    expect(prepare).toHaveBeenCalledTimes(1);
    expect(await run()).toMatchObject({ attempts: 1, started_at: engine.clock.now() });
  });

  it('is given back, and counts, when it cannot be prepared', async () => {
    prepare.mockRejectedValueOnce(new Error('broken'));
    await expect(engine.runs.handle(runId)).rejects.toThrow('broken');
    expect(await run()).toMatchObject({ status: 'analysing', attempts: 1, lease_until: null });
    expect(await engine.runs.handle(runId)).toEqual([0]);
  });

  it('is left to the worker that took the run over', async () => {
    prepare.mockImplementationOnce(async () => {
      engine.clock.advance(LEASE_MS + 1);
      expect(await engine.runs.handle(runId)).toEqual([0]);
      engine.clock.advance(1000);
    });
    expect(await engine.runs.handle(runId)).toEqual([0]);
    expect(await run()).toMatchObject({ status: 'deciding', attempts: 2 });
    expect((await run())!.started_at!.getTime()).toBe(engine.clock.now().getTime() - 1000);
  });
});
