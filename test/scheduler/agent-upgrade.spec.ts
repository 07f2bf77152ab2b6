import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { z } from 'zod';
import { DefinitionCatalogues } from '../../src/definitions/definition-rules.js';
import { toDefinitionView } from '../../src/definitions/definitions.controller.js';
import { DefinitionsService } from '../../src/definitions/definitions.service.js';
import type { NamedCatalogue } from '../../src/domain/catalogue.js';
import { type DecisionAgent, DECISION_AGENTS } from '../../src/domain/decision/decision-agent.js';
import type { DecisionContext } from '../../src/domain/decision/decision.js';
import { reason } from '../../src/domain/decision/reason-codes.js';
import { InstanceChangesService } from '../../src/instances/instance-changes.service.js';
import { RecomputeService } from '../../src/instances/recompute/recompute.service.js';
import { ParamsUpgrade } from '../../src/instances/params-upgrade.service.js';
import { LOGGER, type Logger } from '../../src/platform/logging/logger.js';
import { InstanceViewsService } from '../../src/instances/views/instance-views.service.js';
import { ConvictionsService } from '../../src/scheduler/views/convictions.service.js';
import { createTestApp } from '../support/app.js';
import { createTestEngine, type TestEngine } from '../support/engine.js';
import { countStatements } from '../support/statement-counter.js';
import { withEntry } from '../support/with-entry.js';

interface Params {
  readonly size: number;
  readonly exits: { readonly stop: number; readonly trail?: number };
  readonly patience?: number;
}

const BASE = {
  name: 'GrowingDecision',
  module: 'decision-agents/growing',
  description: 'Buys a fraction at every run.',
  defaultBusinessAgents: ['ta'],
  acceptsBusinessAgents: () => [],
  decide: ({ params, state }: DecisionContext<Params>) => ({
    conviction_score: 60,
    weighted_score: 20,
    risk_factor: 1,
    contributions: {},
    signal: 'BUY' as const,
    signal_strength: 1,
    // What the new params do by their defaults is what was done without them.
    position_size: params.size * (params.patience ?? 1),
    risk_level: 'LOW' as const,
    should_execute: true,
    reasons: [reason('buy_signal', { conviction: 60, threshold: 50, strength: 1, size: params.size })],
    distance_to_buy: 0,
    distance_to_sell: 10,
    next_state: state,
  }),
  smallestBuyFraction: ({ size }: Params) => size,
};

const size = z.number().gt(0).max(1).describe('Fraction that it buys.');

const V1: DecisionAgent<Params> = {
  ...BASE,
  version: '1.0.0',
  defaultParams: { size: 0.1, exits: { stop: 5 } },
  paramsSchema: () => z.strictObject({ size, exits: z.strictObject({ stop: z.number() }) }),
};

/** The same with two params more, one of them in an object that there was. */
const V2: DecisionAgent<Params> = {
  ...BASE,
  version: '1.1.0',
  defaultParams: { size: 0.1, exits: { stop: 5, trail: 0 }, patience: 1 },
  paramsSchema: () =>
    z.strictObject({
      size,
      exits: z.strictObject({ stop: z.number(), trail: z.number() }),
      patience: z.number().min(0).max(1),
    }),
};

const TRACE = { actor: null, trace_id: 'test' };
const ADMIN = {
  id: '0199b2b4-5a3c-7f6e-9d57-0a4b6a1d1f10',
  email: 'a@b.test',
  full_name: null,
  role: 'admin',
} as const;

describe('a decision agent whose params change', () => {
  let engine: TestEngine;
  let catalogue: NamedCatalogue<DecisionAgent>;
  let definitionId: number;

  const sql = <T>(statement: string, ...values: unknown[]): Promise<T[]> =>
    engine.database.dataSource.query<T[]>(statement, values);

  beforeEach(async () => {
    engine = await createTestEngine();
    catalogue = engine.app.get<NamedCatalogue<DecisionAgent>>(DECISION_AGENTS, { strict: false });
  });

  afterEach(() => engine.close());

  /** A database as a program with this version of the agent leaves it: a definition, two instances, a run. */
  async function ranWith(agent: DecisionAgent<Params>, params: Record<string, unknown> = { size: 0.2 }) {
    withEntry(catalogue, agent as DecisionAgent);
    const body = {
      name: 'growing',
      display_name: 'Growing',
      decision_agent_module: agent.module,
      decision_agent_class: agent.name,
      business_agents: ['ta'],
      trade_channel: 'binance_spot',
      trade_symbol: 'BTC',
      rebalance_period_minutes: 10,
    };
    definitionId = (await engine.app.get(DefinitionsService).create(TRACE, body, { make: (_, work) => work() })).id;
    await sql(`UPDATE strategy_definitions SET is_active = (name = 'growing')`);
    const ids = await engine.addInstances(2, { definition: 'growing', params });
    await engine.tick();
    return ids;
  }

  /** Lets the program of the other version go on with the database. */
  function goOnWith(agent: DecisionAgent<Params>): void {
    withEntry(catalogue, agent as DecisionAgent);
  }

  async function runAgain(): Promise<unknown[]> {
    engine.clock.advance(10 * 60_000);
    const [run] = await engine.tick();
    return sql(
      `SELECT status, error, position_size, params_version FROM strategy_executions WHERE run_id = $1 ORDER BY portfolio_id`,
      run,
    );
  }

  const view = async (id: string) => engine.app.get(InstanceViewsService).get(ADMIN as never, id);
  const definitionView = async () =>
    toDefinitionView(
      await engine.app.get(DefinitionsService).get(definitionId),
      engine.app.get(DefinitionCatalogues).channels,
      catalogue,
      5,
    );
  const patch = (id: string, instance_params: Record<string, unknown>) =>
    engine.app
      .get(InstanceChangesService)
      .update({ id, viewer: ADMIN as never, by: TRACE, precondition: () => undefined }, { instance_params });
  const replaysOf = async (id: string) => {
    const rows = await sql<{ id: string }>(
      `SELECT id FROM strategy_executions WHERE portfolio_id = $1 ORDER BY id`,
      id,
    );
    const replay = engine.app.get(RecomputeService);
    return Promise.all(rows.map(async (row) => (await replay.replay(ADMIN as never, id, row.id)).identical));
  };
  const history = (id: string) =>
    sql<{ params_version: number; params: unknown; changed_by: string | null }>(
      `SELECT params_version, params, changed_by FROM portfolio_params_history WHERE portfolio_id = $1 ORDER BY params_version`,
      id,
    );

  describe('gets one more: version 2 over a database of version 1', () => {
    const COMPLETE = { size: 0.2, exits: { stop: 5, trail: 0 }, patience: 1 };

    it('runs, shows, evaluates and computes again by the defaults of the new params, before anything is written', async () => {
      const [id] = await ranWith(V1);
      goOnWith(V2);
      expect(await runAgain()).toEqual(
        Array(2).fill({ status: 'completed', error: null, position_size: 0.2, params_version: 1 }),
      );
      expect(await view(id!)).toMatchObject({ instance_params: COMPLETE, ignored_params: [], params_version: 1 });
      expect(await definitionView()).toMatchObject({ default_params: V2.defaultParams, ignored_params: [] });
      expect(await replaysOf(id!)).toEqual([true, true]);
      const convictions = await engine.app.get(ConvictionsService).list(definitionId, {} as never, 10);
      expect(convictions.map(({ conviction_score }) => conviction_score)).toEqual([60, 60]);
    });

    it('takes the new params where instances and definitions are made and changed', async () => {
      const [id] = await ranWith(V1);
      goOnWith(V2);
      await patch(id!, { patience: 0.5, exits: { trail: 1 } });
      expect(await view(id!)).toMatchObject({
        instance_params: { size: 0.2, exits: { stop: 5, trail: 1 }, patience: 0.5 },
        params_version: 2,
      });
      const [made] = await engine.addInstances(1, { definition: 'growing', params: { patience: 0.25 } });
      expect(await view(made!)).toMatchObject({ instance_params: { ...V2.defaultParams, patience: 0.25 } });
      const definitions = engine.app.get(DefinitionsService);
      await definitions.update(TRACE, definitionId, { default_params: { patience: 0.75 } }, () => undefined);
      expect(await definitionView()).toMatchObject({ default_params: { ...V2.defaultParams, patience: 0.75 } });
      await expect(patch(id!, { patient: 1 })).rejects.toMatchObject({
        violations: [{ pointer: '/instance_params/patient', code: 'unknown_param' }],
      });
      expect(await runAgain()).toMatchObject([
        { position_size: 0.1 },
        { position_size: 0.2 },
        { position_size: 0.025 },
      ]);
    });

    it('changes nothing where a change means what is in force already', async () => {
      const [id] = await ranWith(V1);
      goOnWith(V2);
      await patch(id!, { patience: 1 });
      expect(await history(id!)).toHaveLength(1);
    });

    it('is written down once, by the program, and counts from the next run', async () => {
      const [id] = await ranWith(V1);
      goOnWith(V2);
      const before = await view(id!);
      const upgrade = engine.app.get(ParamsUpgrade);
      await Promise.all([upgrade.upgradeAll(), upgrade.upgradeAll()]);
      await upgrade.upgradeAll();
      expect(await history(id!)).toEqual([
        { params_version: 1, params: { size: 0.2, exits: { stop: 5 } }, changed_by: expect.any(String) },
        { params_version: 2, params: COMPLETE, changed_by: null },
      ]);
      // What people do is counted elsewhere.
      expect(await view(id!)).toEqual({ ...before, params_version: 2 });
      expect(await sql(`SELECT default_params, version FROM strategy_definitions WHERE id = $1`, definitionId)).toEqual(
        [{ default_params: V2.defaultParams, version: 1 }],
      );
      expect(
        await sql(
          `SELECT actor_id, after FROM audit_log WHERE action = 'definition.changed' AND target_id = $1`,
          String(definitionId),
        ),
      ).toEqual([{ actor_id: null, after: { default_params: V2.defaultParams } }]);
      expect(await runAgain()).toMatchObject(Array(2).fill({ status: 'completed', params_version: 2 }));
      expect(await replaysOf(id!)).toEqual([true, true]);
    });

    it('writes nothing down that contradicts what is stored', async () => {
      const [id] = await ranWith(V1);
      goOnWith({ ...V2, paramsSchema: () => V2.paramsSchema([]).refine(() => false, 'They contradict each other.') });
      const warn = jest.spyOn(engine.app.get<Logger>(LOGGER), 'warn').mockReturnValue(undefined);
      await engine.app.get(ParamsUpgrade).upgradeAll();
      expect(warn.mock.calls.map(([, message]) => message)).toEqual(['params invalid']);
      expect(await history(id!)).toHaveLength(1);
      expect(await sql(`SELECT version, default_params FROM strategy_definitions WHERE id = $1`, definitionId)).toEqual(
        [{ version: 1, default_params: V1.defaultParams }],
      );
    });

    it('is not stopped by an agent whose schema throws', async () => {
      const [id] = await ranWith(V1);
      goOnWith({
        ...V2,
        paramsSchema: () => {
          throw new Error('A defect of the agent.');
        },
      });
      const error = jest.spyOn(engine.app.get<Logger>(LOGGER), 'error').mockReturnValue(undefined);
      await engine.app.get(ParamsUpgrade).upgradeAll();
      expect(error.mock.calls.map(([, message]) => message)).toEqual(['params upgrade failed']);
      expect(await history(id!)).toHaveLength(1);
    });

    it('leaves archived instances and other agents alone', async () => {
      const [id] = await ranWith(V1);
      await sql(`UPDATE portfolios SET archived_at = now(), is_active = false WHERE id = $1`, id);
      goOnWith(V2);
      await engine.app.get(ParamsUpgrade).upgradeAll();
      expect(await history(id!)).toHaveLength(1);
      expect(await sql(`SELECT params_version FROM portfolio_params_history WHERE changed_by IS NULL`)).toHaveLength(1);
      expect(await replaysOf(id!)).toEqual([true]);
    });

    it('costs a chunk no statement more', async () => {
      await ranWith(V1);
      const statementsOfRun = async (): Promise<number> => {
        engine.clock.advance(10 * 60_000);
        const [run] = await engine.planner.planDue();
        await engine.runs.handle(run!);
        const counter = countStatements();
        await engine.chunks.handle(run!, 0);
        counter.stop();
        return counter.statements.length;
      };
      const before = await statementsOfRun();
      goOnWith(V2);
      expect(await statementsOfRun()).toBe(before);
    });
  });

  describe('loses one: version 1 over a database of version 2', () => {
    const STORED = { size: 0.2, exits: { stop: 5, trail: 3 }, patience: 0.5 };
    const IGNORED = ['/exits/trail', '/patience'];

    it('runs without it, and says what it ignores', async () => {
      const [id] = await ranWith(V2, { size: 0.2, exits: { trail: 3 }, patience: 0.5 });
      goOnWith(V1);
      expect(await runAgain()).toMatchObject(
        Array(2).fill({ status: 'completed', position_size: 0.2, params_version: 1 }),
      );
      const shown = await view(id!);
      expect(shown).toMatchObject({ instance_params: { size: 0.2, exits: { stop: 5 } }, params_version: 1 });
      expect([...shown.ignored_params!].sort()).toEqual(IGNORED);
      expect([...(await definitionView()).ignored_params].sort()).toEqual(IGNORED);
    });

    it('leaves it stored, so that the program with it finds it again', async () => {
      const [id] = await ranWith(V2, { size: 0.2, exits: { trail: 3 }, patience: 0.5 });
      goOnWith(V1);
      const warn = jest.spyOn(engine.app.get<Logger>(LOGGER), 'warn').mockReturnValue(undefined);
      await engine.app.get(ParamsUpgrade).upgradeAll();
      expect(warn.mock.calls).toEqual([
        [
          {
            definition: 'growing',
            definition_id: definitionId,
            decision_agent: 'GrowingDecision',
            ignored: expect.arrayContaining(IGNORED),
          },
          'params ignored: the agent does not have them',
        ],
      ]);
      expect(await history(id!)).toHaveLength(1);
      goOnWith(V2);
      expect(await view(id!)).toMatchObject({ instance_params: STORED, ignored_params: [] });
      expect(await replaysOf(id!)).toEqual([true]);
    });

    it('lets go of it where somebody changes the params, and only then', async () => {
      const [id] = await ranWith(V2, { size: 0.2, exits: { trail: 3 }, patience: 0.5 });
      goOnWith(V1);
      await patch(id!, { size: 0.2 });
      expect(await history(id!)).toHaveLength(1);
      await patch(id!, { size: 0.3 });
      expect(await view(id!)).toMatchObject({
        instance_params: { size: 0.3, exits: { stop: 5 } },
        ignored_params: [],
        params_version: 2,
      });
      await expect(patch(id!, { patience: 1 })).rejects.toMatchObject({ violations: [{ code: 'unknown_param' }] });
    });
  });

  it('is brought up to date by the start of a program that works', async () => {
    const [id] = await engine.addInstances(1);
    await sql(
      `UPDATE portfolios SET instance_params = instance_params - 'max_position_size', params_version = 2 WHERE id = $1`,
      id,
    );
    const worker = await createTestApp({ database: engine.database, config: { role: 'worker' } });
    while ((await history(id!)).length < 2) await setTimeout(20);
    await worker.close();
    expect(await history(id!)).toMatchObject([
      { params_version: 1 },
      { params_version: 3, params: { max_position_size: 0.01 }, changed_by: null },
    ]);
  });
});
