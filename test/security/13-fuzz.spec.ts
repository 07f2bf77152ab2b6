import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AnswerCheck } from '../fuzz/answers.js';
import { curlLine } from '../fuzz/curl.js';
import { bodyText, pairPlans, queryText, requestPlans, type RequestPlan } from '../fuzz/requests.js';
import { percentEncoded } from '../fuzz/values.js';
import { operationsOf, readDocument, type Operation } from '../support/api-document.js';
import { testConfig } from '../support/config.js';
import { sendTo, type WireAnswer, type WireRequest } from '../support/http-client.js';
import { ACTORS, createWorld, type Actor, type World } from '../support/world.js';

/** A short selection in `npm test`; `npm run fuzz` sets these. */
const REQUESTS = Number(process.env['FUZZ_REQUESTS'] ?? 5);
const SEED = Number(process.env['FUZZ_SEED'] ?? 7);
const ONLY = process.env['FUZZ_OPERATION'];
/** Well below the 15 minutes of an access token: else a long run would only be refused. */
const TOKENS_MS = 5 * 60_000;
const SECRET = 'canary-0f3b9d61-api-key';

const document = readDocument();
const operations = operationsOf(document).filter(({ id }) => ONLY === undefined || id === ONLY);

/** Pairs of numbers for each random request, at most. */
const MOST_PAIRS = 2;
/** The document's example asks one decision agent. A right what-if of the other, which reads outputs of its business agents. */
const MOMENTUM_WHAT_IF = {
  analyses: {
    regime_filter: { score: 10, regime_score: 60 },
    ta_momentum: { score: 50, signal: 'LONG', strength: 1, confidence: 1, atr: 500, stop_distance_atr: 2 },
  },
  market: { price: '65000', change_24h_percent: 1, fear_greed: 50 },
  portfolio: { cash: '10000', quantity: '0', total_value: '10000' },
  state: { consecutive_bullish_count: 2, consecutive_bearish_count: 0 },
};

describe(`point 13: ${REQUESTS} requests for each operation and role, seed ${SEED}`, () => {
  let world: World;
  let check: AnswerCheck;
  let sent = 0;
  let signedInAt = performance.now();
  const statuses = new Map<string, Map<number, number>>();

  beforeAll(async () => {
    world = await createWorld();
    await world.t.http
      .patch('/api/v1/admin/apis/glassnode_api')
      .set(world.headersOf('admin'))
      .send({ api_key: SECRET, api_secret: `${SECRET}-secret` });
    const config = testConfig('postgresql://localhost/none');
    check = new AnswerCheck(document, [SECRET, config.jwtSecret, ...config.encryptionKeys]);
  });

  afterAll(async () => {
    await world.t.close();
    if (REQUESTS > 5) process.stdout.write(summary());
  });

  /** What earlier requests may have switched off is on again, so that later ones are not all refused. */
  async function switchOn(): Promise<void> {
    const { dataSource } = world.t.database;
    await dataSource.query(`UPDATE strategy_definitions SET is_active = true WHERE name LIKE 'definition_%'`);
    await dataSource.query(`UPDATE agent_registry SET is_active = true`);
    await dataSource.query(`UPDATE strategy_runs SET status = 'completed' WHERE status <> 'completed'`);
  }

  async function keepSignedIn(): Promise<void> {
    if (performance.now() - signedInAt < TOKENS_MS) return;
    await world.signInAgain();
    signedInAt = performance.now();
  }

  async function requestOf(
    operation: Operation,
    actor: Actor,
    plan: RequestPlan,
    whatIf: object | null = null,
  ): Promise<WireRequest> {
    const path =
      plan.target === null
        ? operation.path.replaceAll(/\{\w+\}/g, () => percentEncoded(plan.pathText))
        : await world.pathFor(operation, actor, plan.target);
    const body = bodyText(plan.body, whatIf ? { ...whatIf } : await world.validBody(operation));
    const type = plan.body.kind === 'raw' ? plan.body.type : 'application/json';
    return {
      method: operation.method,
      path: withQuery(
        whatIf ? path.replace('MultiAgentConvictionDecision', 'MomentumRegimeDecision') : path,
        queryText(plan.query),
      ),
      headers: {
        ...plan.headers,
        ...world.headersOf(actor),
        ...(await world.cookieFor(operation)),
        ...(body === undefined || type === '' ? {} : { 'Content-Type': type }),
      },
      ...(body === undefined ? {} : { body }),
    };
  }

  /** A path may have a query of its own already. */
  function withQuery(path: string, query: string): string {
    return path.includes('?') ? path + query.replace('?', '&') : path + query;
  }

  function count(operation: Operation, { status }: WireAnswer): void {
    const counts = statuses.get(operation.id) ?? new Map<number, number>();
    counts.set(status, (counts.get(status) ?? 0) + 1);
    statuses.set(operation.id, counts);
    sent += 1;
  }

  /** The smallest request that goes wrong, as a line for a shell; null when none does. */
  async function smallestFailure(operation: Operation, actor: Actor): Promise<string | null> {
    let last: string | null = null;
    const property = fc.asyncProperty(requestPlans(document, operation), async (plan) => {
      const request = await requestOf(operation, actor, plan);
      const answer = await sendTo(world.t, request);
      count(operation, answer);
      const fault = check.faultOf(operation, answer);
      if (fault !== null) last = `${fault}\n${curlLine(request, actor)}\n${answer.text.slice(0, 500)}`;
      return fault === null;
    });
    const result = await fc.check(property, { seed: SEED, numRuns: REQUESTS });
    // While it shrinks, each further failure is a smaller one: the last is the smallest.
    return result.failed ? (last ?? String(result.errorInstance)) : null;
  }

  /** The first pair of numbers that goes wrong, as a line for a shell; null when none does. */
  async function wrongPair(operation: Operation, whatIf: object | null): Promise<string | null> {
    const right = whatIf ?? (await world.validBody(operation));
    if (!right || operation.path.includes('/strategies/{id}')) return null;
    for (const plan of pairPlans(right).slice(0, REQUESTS * MOST_PAIRS)) {
      const request = await requestOf(operation, 'admin', plan, whatIf);
      const answer = await sendTo(world.t, request);
      count(operation, answer);
      const fault = check.faultOf(operation, answer);
      if (fault !== null) return `${fault}\n${curlLine(request, 'admin')}\n${answer.text.slice(0, 500)}`;
    }
    return null;
  }

  it.each(operations)(
    '$id',
    async (operation) => {
      const failures: Partial<Record<Actor, string>> = {};
      for (const actor of ACTORS) {
        await switchOn();
        await keepSignedIn();
        const failure = await smallestFailure(operation, actor);
        if (failure !== null) failures[actor] = failure;
      }
      expect(failures).toEqual({});
      const whatIfs = operation.id === 'evaluateDecisionAgent' ? [null, MOMENTUM_WHAT_IF] : [null];
      for (const whatIf of whatIfs) expect(await wrongPair(operation, whatIf)).toBeNull();
    },
    30_000 + REQUESTS * 2000,
  );

  it('has not locked anybody out, and had every operation succeed for somebody', async () => {
    for (const actor of ACTORS.filter((one) => one !== 'nobody')) {
      const { status } = await world.t.http.get('/api/v1/auth/me').set(world.headersOf(actor));
      expect({ actor, status }).toEqual({ actor, status: 200 });
    }
    const never = [...statuses].filter(([, counts]) => ![...counts.keys()].some((status) => status < 300));
    expect(never.map(([id]) => id)).toEqual([]);
  });

  function summary(): string {
    const lines = [...statuses].map(([id, counts]) => {
      const shown = [...counts].sort(([a], [b]) => a - b).map(([status, times]) => `${status}: ${times}`);
      return `  ${id.padEnd(26)} ${shown.join(', ')}`;
    });
    return `\nSeed ${SEED}, ${sent} requests, ${operations.length} operations, ${ACTORS.length} roles\n${lines.join('\n')}\n`;
  }
});
