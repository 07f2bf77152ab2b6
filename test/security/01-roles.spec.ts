import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { ModulesContainer } from '@nestjs/core';
import type { Application } from 'express';
import type request from 'supertest';
import { Public } from '../../src/auth/access.js';
import { ACCESS } from '../../src/platform/http/public-route.js';
import { operationsOf, readDocument, type Operation } from '../support/api-document.js';
import { sendTo } from '../support/http-client.js';
import { ACTORS, createWorld, type Actor, type Target, type World } from '../support/world.js';
import { fingerprint } from '../support/fingerprint.js';

/**
 * Who gets which answer. `own` and `other's` are seen from the actor: for trader A somebody else is trader B, for
 * everybody else trader A; the user's own strategy is one from when they were a trader. Bodies are right, so that
 * nothing but role and owner decides.
 */
const MATRIX = `
operation                | target                 | nobody | user | trader A | trader B | admin
getLiveness              | -                      |    200 |  200 |      200 |      200 |   200
getReadiness             | -                      |    200 |  200 |      200 |      200 |   200
register                 | -                      |    201 |  201 |      201 |      201 |   201
login                    | -                      |    200 |  200 |      200 |      200 |   200
refreshTokens            | -                      |    200 |  200 |      200 |      200 |   200
logout                   | -                      |    204 |  204 |      204 |      204 |   204
openConsoleSession       | -                      |    200 |  200 |      200 |      200 |   200
continueConsoleSession   | -                      |    401 |  401 |      401 |      401 |   401
closeConsoleSession      | -                      |    204 |  204 |      204 |      204 |   204
getProfile               | -                      |    401 |  200 |      200 |      200 |   200
updateProfile            | -                      |    401 |  200 |      200 |      200 |   200
listDecisionAgents       | -                      |    401 |  403 |      200 |      200 |   200
evaluateDecisionAgent    | there                  |    401 |  403 |      200 |      200 |   200
evaluateDecisionAgent    | missing                |    401 |  403 |      404 |      404 |   404
createStreamTicket       | -                      |    401 |  200 |      200 |      200 |   200
openStream               | -                      |    401 |  200 |      200 |      200 |   200
listCandles              | -                      |    401 |  200 |      200 |      200 |   200
listStrategyDefinitions  | -                      |    401 |  403 |      200 |      200 |   200
createStrategyDefinition | -                      |    401 |  403 |      403 |      403 |   201
getStrategyDefinition    | there                  |    401 |  403 |      200 |      200 |   200
getStrategyDefinition    | missing                |    401 |  403 |      404 |      404 |   404
updateStrategyDefinition | there                  |    401 |  403 |      403 |      403 |   200
updateStrategyDefinition | missing                |    401 |  403 |      403 |      403 |   404
listRuns                 | there                  |    401 |  403 |      200 |      200 |   200
listRuns                 | missing                |    401 |  403 |      404 |      404 |   404
listConvictions          | there                  |    401 |  403 |      200 |      200 |   200
listConvictions          | missing                |    401 |  403 |      404 |      404 |   404
runNow                   | there                  |    401 |  403 |      403 |      403 |   202
runNow                   | missing                |    401 |  403 |      403 |      403 |   404
getRun                   | there                  |    401 |  403 |      200 |      200 |   200
getRun                   | missing                |    401 |  403 |      404 |      404 |   404
listStrategies           | -                      |    401 |  200 |      200 |      200 |   200
createStrategy           | -                      |    401 |  403 |      201 |      201 |   201
getStrategy              | own                    |    401 |  200 |      200 |      200 |   200
getStrategy              | other's                |    401 |  200 |      200 |      200 |   200
getStrategy              | other's, stopped       |    401 |  404 |      200 |      200 |   200
getStrategy              | missing                |    401 |  404 |      404 |      404 |   404
updateStrategy           | own                    |    401 |  403 |      200 |      200 |   200
updateStrategy           | other's                |    401 |  403 |      404 |      404 |   200
updateStrategy           | other's, stopped       |    401 |  403 |      404 |      404 |   200
updateStrategy           | missing                |    401 |  403 |      404 |      404 |   404
archiveStrategy          | own                    |    401 |  200 |      200 |      200 |   200
archiveStrategy          | other's                |    401 |  404 |      404 |      404 |   200
archiveStrategy          | other's, stopped       |    401 |  404 |      404 |      404 |   200
archiveStrategy          | missing                |    401 |  404 |      404 |      404 |   404
listStrategyExecutions   | own                    |    401 |  200 |      200 |      200 |   200
listStrategyExecutions   | other's                |    401 |  200 |      200 |      200 |   200
listStrategyExecutions   | other's, stopped       |    401 |  404 |      200 |      200 |   200
listStrategyExecutions   | missing                |    401 |  404 |      404 |      404 |   404
getStrategyExecution     | own                    |    401 |  200 |      200 |      200 |   200
getStrategyExecution     | other's                |    401 |  200 |      200 |      200 |   200
getStrategyExecution     | other's, stopped       |    401 |  404 |      200 |      200 |   200
getStrategyExecution     | own, other's execution |    401 |  404 |      404 |      404 |   404
getStrategyExecution     | own, missing execution |    401 |  404 |      404 |      404 |   404
getStrategyExecution     | missing                |    401 |  404 |      404 |      404 |   404
replayStrategyExecution  | own                    |    401 |  200 |      200 |      200 |   200
replayStrategyExecution  | other's                |    401 |  404 |      200 |      200 |   200
replayStrategyExecution  | other's, stopped       |    401 |  404 |      200 |      200 |   200
replayStrategyExecution  | own, other's execution |    401 |  404 |      404 |      404 |   404
replayStrategyExecution  | own, missing execution |    401 |  404 |      404 |      404 |   404
replayStrategyExecution  | missing                |    401 |  404 |      404 |      404 |   404
listStrategyTrades       | own                    |    401 |  200 |      200 |      200 |   200
listStrategyTrades       | other's                |    401 |  200 |      200 |      200 |   200
listStrategyTrades       | other's, stopped       |    401 |  404 |      200 |      200 |   200
listStrategyTrades       | missing                |    401 |  404 |      404 |      404 |   404
listStrategyExits        | own                    |    401 |  200 |      200 |      200 |   200
listStrategyExits        | other's                |    401 |  200 |      200 |      200 |   200
listStrategyExits        | other's, stopped       |    401 |  404 |      200 |      200 |   200
listStrategyExits        | missing                |    401 |  404 |      404 |      404 |   404
getStrategyPerformance   | own                    |    401 |  200 |      200 |      200 |   200
getStrategyPerformance   | other's                |    401 |  200 |      200 |      200 |   200
getStrategyPerformance   | other's, stopped       |    401 |  404 |      200 |      200 |   200
getStrategyPerformance   | missing                |    401 |  404 |      404 |      404 |   404
listStrategySnapshots    | own                    |    401 |  200 |      200 |      200 |   200
listStrategySnapshots    | other's                |    401 |  200 |      200 |      200 |   200
listStrategySnapshots    | other's, stopped       |    401 |  404 |      200 |      200 |   200
listStrategySnapshots    | missing                |    401 |  404 |      404 |      404 |   404
listStrategyParams       | own                    |    401 |  200 |      200 |      200 |   200
listStrategyParams       | other's                |    401 |  404 |      404 |      404 |   200
listStrategyParams       | other's, stopped       |    401 |  404 |      404 |      404 |   200
listStrategyParams       | missing                |    401 |  404 |      404 |      404 |   404
listStrategyLedger       | own                    |    401 |  200 |      200 |      200 |   200
listStrategyLedger       | other's                |    401 |  404 |      404 |      404 |   200
listStrategyLedger       | other's, stopped       |    401 |  404 |      404 |      404 |   200
listStrategyLedger       | missing                |    401 |  404 |      404 |      404 |   404
listAgents               | -                      |    401 |  403 |      403 |      403 |   200
getAgent                 | there                  |    401 |  403 |      403 |      403 |   200
getAgent                 | missing                |    401 |  403 |      403 |      403 |   404
updateAgent              | there                  |    401 |  403 |      403 |      403 |   200
updateAgent              | missing                |    401 |  403 |      403 |      403 |   404
listTools                | -                      |    401 |  403 |      403 |      403 |   200
getTool                  | there                  |    401 |  403 |      403 |      403 |   200
getTool                  | missing                |    401 |  403 |      403 |      403 |   404
updateTool               | there                  |    401 |  403 |      403 |      403 |   200
updateTool               | missing                |    401 |  403 |      403 |      403 |   404
listApis                 | -                      |    401 |  403 |      403 |      403 |   200
getApi                   | there                  |    401 |  403 |      403 |      403 |   200
getApi                   | missing                |    401 |  403 |      403 |      403 |   404
updateApi                | there                  |    401 |  403 |      403 |      403 |   200
updateApi                | missing                |    401 |  403 |      403 |      403 |   404
testApi                  | there                  |    401 |  403 |      403 |      403 |   200
testApi                  | missing                |    401 |  403 |      403 |      403 |   404
listUsers                | -                      |    401 |  403 |      403 |      403 |   200
createUser               | -                      |    401 |  403 |      403 |      403 |   201
getUser                  | there                  |    401 |  403 |      403 |      403 |   200
getUser                  | missing                |    401 |  403 |      403 |      403 |   404
updateUser               | there                  |    401 |  403 |      403 |      403 |   200
updateUser               | missing                |    401 |  403 |      403 |      403 |   404
listLlmCalls             | -                      |    401 |  403 |      403 |      403 |   200
getLlmCall               | there                  |    401 |  403 |      403 |      403 |   200
getLlmCall               | missing                |    401 |  403 |      403 |      403 |   404
listAuditLog             | -                      |    401 |  403 |      403 |      403 |   200
getSystem                | -                      |    401 |  403 |      403 |      403 |   200
checkInvariants          | -                      |    401 |  403 |      403 |      403 |   200
`;

interface Row {
  readonly operation: string;
  readonly target: Target;
  readonly expected: Readonly<Record<Actor, number>>;
}

function readMatrix(text: string): Row[] {
  const [, ...lines] = text.trim().split('\n');
  return lines.map((line) => {
    const [operation = '', target, ...statuses] = line.split('|').map((cell) => cell.trim());
    const expected = Object.fromEntries(ACTORS.map((actor, index) => [actor, Number(statuses[index])]));
    return { operation, target: target as Target, expected: expected as Row['expected'] };
  });
}

/** Targets that each operation must have rows for: what its path names decides. */
function targetsOf({ path }: Operation): Target[] {
  if (!path.includes('{')) return ['-'];
  if (!path.includes('/strategies/{id}')) return ['there', 'missing'];
  const ofStrategy: Target[] = ['own', "other's", "other's, stopped", 'missing'];
  const ofExecution: Target[] = ["own, other's execution", 'own, missing execution'];
  return path.includes('{executionId}') ? [...ofStrategy, ...ofExecution] : ofStrategy;
}

/** Requests count, also those that are refused. */
const COUNTERS = ['public.rate_limits'];

const rows = readMatrix(MATRIX);
const operations = operationsOf(readDocument());

describe('point 1: the matrix', () => {
  it('has every operation of openapi.json with every target, and none that does not exist', () => {
    const wanted = operations.flatMap((operation) => targetsOf(operation).map((target) => `${operation.id} ${target}`));
    expect(rows.map(({ operation, target }) => `${operation} ${target}`).sort()).toEqual(wanted.sort());
  });
});

describe('point 1: who gets which answer', () => {
  let world: World;
  /** Answers of 404, by operation and actor, without what must differ. */
  const notFound = new Map<string, Map<Target, string>>();

  beforeAll(async () => {
    world = await createWorld();
  });

  afterAll(() => world.t.close());

  async function answerTo(
    operation: Operation,
    actor: Actor,
    target: Target,
    expected: number,
  ): Promise<{ status: number }> {
    const path = await world.pathFor(operation, actor, target);
    if (operation.id === 'openStream') return sendTo(world.t, { method: 'GET', path, headers: {} });
    const body = await world.validBody(operation);
    // What is refused must have changed nothing, whatever it answers.
    const watched = operation.method !== 'get' && expected >= 400;
    const before = watched ? await fingerprint(world.t.database.dataSource, COUNTERS) : null;
    const response = await world.t.http[operation.method](path).set(world.headersOf(actor)).send(body);
    if (before) expect(await fingerprint(world.t.database.dataSource, COUNTERS)).toEqual(before);
    if (response.status === 404) {
      const key = `${operation.id} as ${actor}`;
      if (!notFound.has(key)) notFound.set(key, new Map());
      notFound.get(key)!.set(target, withoutTraces(response, path));
    }
    return response;
  }

  it.each(rows)('$operation, $target', async ({ operation: id, target, expected }) => {
    const operation = operations.find((one) => one.id === id);
    if (!operation) throw new Error(`openapi.json has no operation ${id}`);
    const statuses: Partial<Record<Actor, number>> = {};
    for (const actor of ACTORS) {
      statuses[actor] = (await answerTo(operation, actor, target, expected[actor])).status;
    }
    expect(statuses).toEqual(expected);
  });

  it('somebody else’s and missing are the same 404, byte by byte, apart from trace_id and instance', () => {
    let compared = 0;
    for (const [key, answers] of notFound) {
      for (const [target, answer] of answers) {
        const missing = answers.get(target === "own, other's execution" ? 'own, missing execution' : 'missing');
        if (target.includes('missing')) continue;
        expect({ key, target, answer }).toEqual({ key, target, answer: missing });
        compared += 1;
      }
    }
    // user: seven paths of others' stopped ones; traders: two changes and two private lists of others.
    expect(compared).toBeGreaterThanOrEqual(20);
  });

  it('an id that is no id is the same 404 as well', async () => {
    for (const operation of operations.filter(({ path }) => path.includes('{'))) {
      const missing = await world.pathFor(operation, 'admin', 'missing');
      const wrong = missing.replace(
        /(strategies|definitions|runs|decision-agents|agents|tools|apis|users|llm-calls)\/[^/]+/,
        '$1/%00%2e',
      );
      const [expected, answer] = await Promise.all(
        [missing, wrong].map(async (path) => {
          const sent = world.t.http[operation.method](path).set(world.headersOf('admin'));
          return withoutTraces(await sent.send(await world.validBody(operation)), path);
        }),
      );
      expect({ id: operation.id, answer }).toEqual({ id: operation.id, answer: expected });
      expect(answer).toMatch(/^404/);
    }
  });
});

/** Status line, headers and body of an answer, without what differs between any two requests. */
function withoutTraces(response: request.Response, path: string): string {
  const { trace_id: traceId } = response.body as { trace_id: string };
  const headers = Object.entries(response.headers as Record<string, string>)
    .filter(([name]) => !/^(date|x-request-id|content-length|ratelimit.*)$/.test(name))
    .map(([name, value]) => `${name}: ${value}`)
    .sort();
  const instance = JSON.stringify(path.split('?')[0]).slice(1, -1);
  const body = response.text.replace(traceId, 'TRACE').replace(`"instance":"${instance}"`, '"instance":"PATH"');
  return [String(response.status), ...headers, body].join('\n');
}

type Handlers = Record<string, unknown>;

/** `Controller.method` of every route of these controllers that carries no mark of who may call it. */
function unmarkedRoutes(controllers: readonly (abstract new (...args: never[]) => unknown)[]): string[] {
  return controllers.flatMap((controller) => {
    const prototype = controller.prototype as Handlers;
    const names = Object.getOwnPropertyNames(prototype).filter((name) => {
      const handler = prototype[name];
      return typeof handler === 'function' && Reflect.hasMetadata(METHOD_METADATA, handler);
    });
    return names
      .filter(
        (name) => !Reflect.hasMetadata(ACCESS, prototype[name] as object) && !Reflect.hasMetadata(ACCESS, controller),
      )
      .map((name) => `${controller.name}.${name}`);
  });
}

describe('point 1: the routes of the running application', () => {
  let world: World;

  beforeAll(async () => {
    world = await createWorld();
  });

  afterAll(() => world.t.close());

  it('carry a mark of who may call them, each', () => {
    const controllers = [...world.t.app.get(ModulesContainer).values()].flatMap((module) =>
      [...module.controllers.values()].map(({ metatype }) => metatype as abstract new () => unknown),
    );
    expect(controllers.length).toBeGreaterThan(10);
    expect(unmarkedRoutes(controllers)).toEqual([]);
  });

  it('would be found without one', () => {
    @Controller('forgotten')
    class Forgotten {
      @Get('a')
      unmarked(): void {}

      @Get('b')
      @Public()
      marked(): void {}

      helper(): void {}
    }
    expect(Reflect.getMetadata(PATH_METADATA, Forgotten)).toBe('forgotten');
    expect(Reflect.getMetadata(METHOD_METADATA, Forgotten.prototype.unmarked)).toBe(RequestMethod.GET);
    expect(unmarkedRoutes([Forgotten])).toEqual(['Forgotten.unmarked']);
  });

  it('are those of openapi.json: nothing answers that the matrix does not know', () => {
    const server = world.t.app.getHttpAdapter().getInstance() as Application;
    interface Layer {
      readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
    }
    const { stack } = (server as unknown as { router: { stack: readonly Layer[] } }).router;
    const routes = stack.flatMap(({ route }) =>
      route && Object.keys(route.methods).length < 10 && !route.methods['_all']
        ? Object.keys(route.methods).map((method) => `${method} ${route.path.replaceAll(/:(\w+)/g, '{$1}')}`)
        : [],
    );
    const documented = operations.map(({ method, path }) => `${method} ${path}`);
    expect(routes.sort()).toEqual(documented.sort());
  });
});
