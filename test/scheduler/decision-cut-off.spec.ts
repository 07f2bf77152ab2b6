import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { NamedCatalogue } from '../../src/domain/catalogue.js';
import { type DecisionAgent, DECISION_AGENTS } from '../../src/domain/decision/decision-agent.js';
import { checkInvariants } from '../../src/invariants/check-invariants.js';
import { changeParams } from '../support/change-params.js';
import { createTestEngine, type TestEngine } from '../support/engine.js';
import { ALWAYS_BUY } from '../support/params.js';

/** By this param the instances are marked whose decision hangs. */
const MARK = 0.007;
const PERIOD_MS = 10 * 60_000;

const HANGS: readonly [string, () => void][] = [
  [
    'a busy loop',
    () => {
      for (;;);
    },
  ],
  ['a regular expression', () => void /^(\w+\s?)*$/.test(`${'aaaa '.repeat(20)}!`)],
];

describe('a decision agent that hangs', () => {
  let engine: TestEngine;
  let hang: (() => void) | null;

  beforeEach(async () => {
    engine = await createTestEngine();
    const agent = engine.app
      .get<NamedCatalogue<DecisionAgent>>(DECISION_AGENTS, { strict: false })
      .get('MultiAgentConvictionDecision');
    const decide = agent.decide.bind(agent);
    jest.spyOn(agent, 'decide').mockImplementation((context) => {
      if ((context.params as { max_position_size: number }).max_position_size === MARK) hang?.();
      return decide(context);
    });
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await engine.close();
  });

  const sql = <T>(statement: string, ...values: unknown[]) => engine.database.dataSource.query<T[]>(statement, values);

  async function addInstances(count: number, hanging: readonly number[]): Promise<string[]> {
    const ids = await engine.addInstances(count, { params: ALWAYS_BUY });
    const chosen = hanging.map((index) => ids[index]);
    await changeParams((statement, values) => sql(statement, ...values), chosen, { max_position_size: MARK });
    return ids;
  }

  async function lastRun(): Promise<{ status: string; counters: unknown }> {
    const [row] = await sql<{ status: string; counters: unknown }>(
      `SELECT status, counters FROM strategy_runs ORDER BY id DESC LIMIT 1`,
    );
    return row!;
  }

  async function expectSoundBooks(): Promise<void> {
    const violated = (await checkInvariants(engine.database.dataSource)).filter((result) => result.violations > 0);
    expect(violated).toEqual([]);
  }

  it.each(HANGS)(
    '%s: is one failed row without an order; the others trade, and so does it later',
    async (_how, how) => {
      hang = how;
      const ids = await addInstances(8, [3]);
      await engine.tick();
      expect(await lastRun()).toEqual({
        status: 'degraded',
        counters: { instances: 8, executed: 7, held: 0, failed: 1 },
      });
      const failed = await sql(
        `SELECT e.portfolio_id, e.error, e.should_execute, o.id AS order_id, p.current_balance::float8 AS cash
       FROM strategy_executions e JOIN portfolios p ON p.id = e.portfolio_id LEFT JOIN orders o ON o.execution_id = e.id
       WHERE e.status = 'failed'`,
      );
      const message = expect.stringMatching(/^MultiAgentConvictionDecision did not decide within \d+ ms/);
      expect(failed).toEqual([
        {
          portfolio_id: ids[3],
          error: { code: 'decision_agent_timeout', message },
          should_execute: false,
          order_id: null,
          cash: 10_000,
        },
      ]);
      await expectSoundBooks();

      hang = null;
      engine.clock.advance(PERIOD_MS);
      await engine.tick();
      expect(await lastRun()).toMatchObject({ status: 'completed', counters: { instances: 8, failed: 0 } });
      await expectSoundBooks();
    },
  );

  it('for every instance: all are failed rows, the run ends, and the next one works', async () => {
    hang = HANGS[0]![1];
    await addInstances(3, [0, 1, 2]);
    await engine.tick();
    expect(await lastRun()).toEqual({
      status: 'degraded',
      counters: { instances: 3, executed: 0, held: 0, failed: 3 },
    });
    expect(await sql(`SELECT DISTINCT error->>'code' AS code FROM strategy_executions`)).toEqual([
      { code: 'decision_agent_timeout' },
    ]);
    expect(await sql(`SELECT 1 FROM orders`)).toEqual([]);
    await expectSoundBooks();

    hang = null;
    engine.clock.advance(PERIOD_MS);
    await engine.tick();
    expect(await lastRun()).toMatchObject({ status: 'completed', counters: { executed: 3, failed: 0 } });
  });
});
