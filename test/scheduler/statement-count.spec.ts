import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { BusinessAgentsService } from '../../src/business-agents/business-agents.service.js';
import { PositionMonitor } from '../../src/trading/positions/position-monitor.js';
import { createTestEngine, type TestEngine } from '../support/engine.js';
import { ALWAYS_BUY } from '../support/params.js';
import { countStatements } from '../support/statement-counter.js';
import { createToldEngine, entry } from '../support/told-engine.js';

describe('a run over many instances', () => {
  let engine: TestEngine;

  afterEach(() => engine.close());

  async function statementsOfRunOver(instances: number): Promise<{ run: number; chunk: number; trades: number }> {
    engine = await createTestEngine();
    await engine.addInstances(instances, { params: ALWAYS_BUY });
    const [runId] = await engine.planner.planDue();
    const counter = countStatements();
    try {
      const chunks = await engine.runs.handle(runId!);
      const run = counter.statements.length;
      expect(chunks).toEqual([0]);
      await engine.chunks.handle(runId!, 0);
      const [row] = await engine.database.dataSource.query<{ n: number }[]>(
        `SELECT count(*)::integer AS n FROM trades`,
      );
      return { run, chunk: counter.statements.length - run, trades: row!.n };
    } finally {
      counter.stop();
    }
  }

  it('needs the same number of statements for 5 and for 100, and all of them trade', async () => {
    const few = await statementsOfRunOver(5);
    await engine.close();
    const many = await statementsOfRunOver(100);
    expect(few.trades).toBe(5);
    expect(many.trades).toBe(100);
    expect(many.run).toBe(few.run);
    expect(many.chunk).toBe(few.chunk);
    expect(many.chunk).toBeLessThan(20);
  });

  /** Statements of each of four runs over perpetuals, and of the look after each: opened, turned, kept, closed. */
  async function statementsOfPerpetuals(instances: number): Promise<{ chunks: number[]; looks: number[] }> {
    const told = await createToldEngine();
    engine = told;
    told.market.daily.funding = 0.0008;
    await told.addTold(instances);
    await told.sql(`UPDATE strategy_definitions SET is_active = (name = 'told')`);
    const counter = countStatements();
    const counted = async (work: () => Promise<unknown>): Promise<number> => {
      const before = counter.statements.length;
      await work();
      return counter.statements.length - before;
    };
    try {
      const [chunks, looks]: [number[], number[]] = [[], []];
      for (const wish of [entry('long'), entry('short'), null, { signal: 'SELL', size: 1 } as const]) {
        told.wish = wish;
        told.clock.advance(70 * 60_000);
        const [run] = await told.planner.planDue();
        await told.runs.handle(run!);
        chunks.push(await counted(() => told.chunks.handle(run!, 0)));
        told.clock.advance(60 * 60_000);
        looks.push(await counted(() => told.app.get(PositionMonitor).settleAll()));
      }
      const [row] = await told.sql<{ trades: number; hours: number }>(
        `SELECT (SELECT count(*) FROM trades)::integer AS trades, (SELECT count(*) FROM funding_hours)::integer AS hours`,
      );
      expect(row).toEqual({ trades: 3 * instances, hours: 6 * instances });
      return { chunks, looks };
    } finally {
      counter.stop();
      delete told.market.daily.funding;
    }
  }

  it('on perpetuals needs the same number of statements for 2 and for 60, to trade and to keep what is open', async () => {
    const few = await statementsOfPerpetuals(2);
    await engine.close();
    const many = await statementsOfPerpetuals(60);
    expect(many).toEqual(few);
    expect(Math.max(...many.chunks)).toBeLessThan(20);
  });

  it('asks each business agent once, whatever the number of instances and however often it is handled', async () => {
    engine = await createTestEngine();
    await engine.addInstances(20);
    const analyse = jest.spyOn(engine.app.get(BusinessAgentsService), 'analyse');
    const [runId] = await engine.tick();
    await engine.runs.handle(runId!);
    expect(analyse).toHaveBeenCalledTimes(1);
    const rows = await engine.database.dataSource.query<{ agent_name: string; n: number }[]>(
      `SELECT agent_name, count(*)::integer AS n FROM agent_executions GROUP BY agent_name ORDER BY agent_name`,
    );
    expect(rows).toEqual([
      { agent_name: 'macro', n: 1 },
      { agent_name: 'onchain', n: 1 },
      { agent_name: 'ta', n: 1 },
    ]);
  });
});
