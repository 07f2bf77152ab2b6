import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sharpeRatioOf } from '../../src/domain/portfolio/performance.js';
import { ValuationService } from '../../src/scheduler/valuation/valuation.service.js';
import { createTestEngine, type TestEngine } from '../support/engine.js';

const DAY_MS = 86_400_000;

describe('statistics of the equity curve', () => {
  let engine: TestEngine;

  beforeEach(async () => {
    engine = await createTestEngine({ startAt: new Date('2026-01-01T06:00:00Z') });
  });

  afterEach(() => engine.close());

  /** Snapshots twice a day; only the later one of a day counts. */
  async function addDays(id: string, values: readonly number[]): Promise<void> {
    const start = Date.UTC(2026, 0, 1);
    const rows = values.flatMap((value, day) => [
      [start + day * DAY_MS + DAY_MS / 3, value * 3],
      [start + day * DAY_MS + DAY_MS / 2, value],
    ]);
    await engine.database.dataSource.query(
      `INSERT INTO portfolio_snapshots (portfolio_id, taken_at, total_value, cash, positions_value)
       SELECT $1, taken_at, value, value, 0 FROM unnest($2::timestamptz[], $3::numeric[]) AS s (taken_at, value)`,
      [id, rows.map(([at]) => new Date(at!)), rows.map(([, value]) => value)],
    );
  }

  async function sharpeOf(id: string): Promise<number | null> {
    const [row] = await engine.database.dataSource.query<{ sharpe_ratio: number | null }[]>(
      `SELECT sharpe_ratio FROM portfolios WHERE id = $1`,
      [id],
    );
    return row!.sharpe_ratio;
  }

  it('agree with the domain’s Sharpe ratio, and stay away where there is too little or no variation', async () => {
    const [long, short, flat] = await engine.addInstances(3);
    const curve = Array.from({ length: 45 }, (_, day) => 10_000 * (1 + 0.002 * day + 0.01 * Math.sin(day * 1.7)));
    await addDays(long!, curve);
    await addDays(short!, curve.slice(0, 30));
    await addDays(flat!, Array<number>(45).fill(10_000));
    engine.clock.set(new Date(Date.UTC(2026, 0, 46, 1)));
    await engine.app.get(ValuationService).computeStatistics();
    expect(await sharpeOf(long!)).toBeCloseTo(sharpeRatioOf(curve).value!, 9);
    expect(await sharpeOf(short!)).toBeNull();
    expect(await sharpeOf(flat!)).toBeNull();
  });

  it('leave out the day that is not over', async () => {
    const [id] = await engine.addInstances(1);
    const curve = Array.from({ length: 40 }, (_, day) => 10_000 + 50 * ((day * 7) % 5));
    await addDays(id!, curve);
    engine.clock.set(new Date(Date.UTC(2026, 0, 40, 13)));
    await engine.app.get(ValuationService).computeStatistics();
    expect(await sharpeOf(id!)).toBeCloseTo(sharpeRatioOf(curve.slice(0, -1)).value!, 9);
  });
});
