import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { z } from 'zod';
import { checkDecision } from '../../src/domain/decision/check-decision.js';
import type { DecisionAgent } from '../../src/domain/decision/decision-agent.js';
import type {
  DecisionChannel,
  DecisionContext,
  DecisionMarket,
  Entry,
  OpenPosition,
} from '../../src/domain/decision/decision.js';
import { REASON_CODES } from '../../src/domain/decision/reason-codes.js';
import { Money } from '../../src/domain/money/decimal.js';
import { readParams } from '../../src/domain/params/read-params.js';
import { validateParams } from '../../src/domain/params/validate-params.js';
import { decisionContext } from './decision-context.js';

const RUNS = { seed: 7, numRuns: 300 };

const finite = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const absentOr = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });

const markets: fc.Arbitrary<DecisionMarket> = fc.record({
  price: fc.constantFrom('100', '0.00000001', '65000.123456', '99999999999'),
  change_24h_percent: absentOr(fc.oneof(finite(-100, 1000), fc.constantFrom(0, -0, 5, 10, 15, -15.0001, 1e300))),
  fear_greed: absentOr(fc.oneof(finite(0, 100), fc.constantFrom(0, 20, 30, 75, 80, 100))),
  dxy: absentOr(fc.oneof(finite(50, 200), fc.constantFrom(110, Number.MIN_VALUE, 1e300))),
});

const scores = fc.oneof(finite(-100, 100), fc.constantFrom(-100, 0, -0, 100, -1e308, 1e308, Number.MIN_VALUE));
const counts = fc.integer({ min: 0, max: 100_000 });

const channels: fc.Arbitrary<DecisionChannel> = fc.constantFrom(
  { can_short: false, max_leverage: 1 },
  { can_short: true, max_leverage: 1 },
  { can_short: true, max_leverage: 40 },
  { can_short: false, max_leverage: 1, taker_fee_rate: 0.001, slippage_bps: 5, maintenance_margin_rate: null },
  { can_short: true, max_leverage: 40, taker_fee_rate: 0.00045, slippage_bps: 5, maintenance_margin_rate: 0.0125 },
);
const positions: fc.Arbitrary<readonly OpenPosition[] | undefined> = fc.option(
  fc.uniqueArray(fc.record({ symbol: fc.constantFrom('BTC', 'ETH', 'SOL'), side: fc.constantFrom('long', 'short') }), {
    selector: ({ symbol }) => symbol,
  }),
  { nil: undefined },
);

/** What to try an agent with besides its defaults. */
interface ContractOptions<Params> {
  /** Complete params, valid for its default business agents. */
  readonly params?: fc.Arbitrary<Params>;
  /** What its business agents may say besides their scores, right and wrong. */
  readonly outputs?: fc.Arbitrary<Readonly<Record<string, Readonly<Record<string, number | string | null>>>>>;
}

/**
 * What every decision agent must do. Call it in the agent's spec, inside no `describe`:
 * `runDecisionAgentContract(new MyDecision())`.
 */
export function runDecisionAgentContract<Params>(
  agent: DecisionAgent<Params>,
  { params = fc.constant(agent.defaultParams), outputs = fc.constant({}) }: ContractOptions<Params> = {},
): void {
  const agents = agent.defaultBusinessAgents;

  const contexts: fc.Arbitrary<DecisionContext<Params>> = fc
    .record({
      scores: fc.record(Object.fromEntries(agents.map((name) => [name, scores]))),
      params,
      businessAgents: fc.constant(agents),
      market: markets,
      positionRatio: finite(0, 1),
      outputs,
      channel: channels,
      openPositions: positions,
      minutesSinceLastTrade: absentOr(finite(0, 1e6)),
      state: fc.record({ consecutive_bullish_count: counts, consecutive_bearish_count: counts }),
    })
    .map((given) => decisionContext<Params>(given));

  describe(`${agent.name} keeps the contract of decision agents:`, () => {
    it('says who it is', () => {
      expect(agent.name).toMatch(/^[A-Z][A-Za-z0-9]{2,63}$/);
      expect(agent.module).toMatch(/^domain\/decision\/[a-z0-9-]+\/[a-z0-9-]+$/);
      expect(agent.version).toMatch(/^\d+\.\d+\.\d+$/);
      expect(agent.description.length).toBeGreaterThan(10);
    });

    it('describes each of its params, for the form that people fill in', () => {
      const { properties = {} } = z.toJSONSchema(agent.paramsSchema(agents), { io: 'input' });
      const described = Object.entries(properties as Record<string, { description?: string }>).map(
        ([name, { description = '' }]) => [name, description.endsWith('.')],
      );
      expect(described).toEqual(Object.keys(agent.defaultParams as object).map((name) => [name, true]));
    });

    it('accepts its own business agents and params, and refuses what is neither', () => {
      const schema = agent.paramsSchema(agents);
      expect(agent.acceptsBusinessAgents(agents)).toEqual([]);
      expect(validateParams(schema, agent.defaultParams).violations).toEqual([]);
      for (const junk of [null, undefined, [], 'params', 7, {}, { ...agent.defaultParams, no_such_param: 1 }]) {
        expect(validateParams(schema, junk).violations.length).toBeGreaterThan(0);
      }
    });

    it('goes on with params of before: one that was not there is read as its default, one that is gone is ignored', () => {
      const schema = agent.paramsSchema(agents);
      for (const name of Object.keys(agent.defaultParams as object)) {
        const { [name]: _, ...before } = agent.defaultParams as Record<string, unknown>;
        const read = readParams(schema, agent.defaultParams, { ...before, no_such_param: 1 });
        expect(read.checked).toEqual({ params: agent.defaultParams, violations: [] });
        expect(read).toMatchObject({ added: [`/${name}`], ignored: ['/no_such_param'] });
      }
    });

    it('refuses NaN, Infinity and text in place of any number of its params', () => {
      const schema = agent.paramsSchema(agents);
      for (const [name, value] of Object.entries(agent.defaultParams as Record<string, unknown>)) {
        if (typeof value !== 'number') continue;
        for (const junk of [Number.NaN, Infinity, -Infinity, String(value), null]) {
          const { violations } = validateParams(schema, { ...agent.defaultParams, [name]: junk });
          expect(violations.map(({ pointer }) => pointer)).toContain(`/${name}`);
        }
      }
    });

    it('answers a whole decision within its bounds, whatever the inputs are', () => {
      fc.assert(
        fc.property(contexts, (context) => {
          const decision = checkDecision(agent.decide(context));
          expect(decision.should_execute && decision.position_size === 0).toBe(false);
          expect(decision.reasons.length).toBeGreaterThan(0);
          for (const { code } of decision.reasons) expect(Object.keys(REASON_CODES)).toContain(code);
        }),
        RUNS,
      );
    });

    it('decides the same from the same context, and changes nothing of it', () => {
      fc.assert(
        fc.property(contexts, (context) => {
          const before = structuredClone(context);
          const first = agent.decide(deepFreeze(context));
          expect(agent.decide(structuredClone(before))).toEqual(first);
          expect(context).toEqual(before);
        }),
        RUNS,
      );
    });

    it('remembers nothing of the decisions before', () => {
      fc.assert(
        fc.property(contexts, contexts, (one, other) => {
          const alone = agent.decide(one);
          agent.decide(other);
          expect(agent.decide(one)).toEqual(alone);
        }),
        RUNS,
      );
    });

    it('takes no decision while an agent has no output: HOLD, no conviction, the agent named', () => {
      fc.assert(
        fc.property(contexts, fc.subarray([...agents], { minLength: 1 }), (context, missing) => {
          const analyses = Object.fromEntries(
            Object.entries(context.analyses).filter(([name]) => !missing.includes(name)),
          );
          const decision = checkDecision(agent.decide({ ...context, analyses }));
          expect(decision).toMatchObject({ signal: 'HOLD', should_execute: false, position_size: 0 });
          expect([decision.conviction_score, decision.weighted_score, decision.risk_factor]).toEqual([
            null,
            null,
            null,
          ]);
          const named = decision.reasons
            .filter(({ code }) => code === 'agent_unavailable')
            .map((reason) => reason['agent']);
          expect(named).toEqual(agents.filter((name) => missing.includes(name)));
        }),
        RUNS,
      );
    });

    it('wants no more of the channel than it can do', () => {
      fc.assert(
        fc.property(contexts, (context) => {
          const { entry } = agent.decide(context);
          if (!entry) return;
          expect(entry.side === 'short' && !context.channel.can_short).toBe(false);
          expect(Number(entry.leverage)).toBeLessThanOrEqual(context.channel.max_leverage);
        }),
        RUNS,
      );
    });

    it('carries nothing from one instance to another: the order of the questions does not matter', () => {
      const fresh = agent.constructor as new () => DecisionAgent<Params>;
      fc.assert(
        fc.property(fc.array(contexts, { minLength: 2, maxLength: 5 }), (instances) => {
          const together = instances.map((context) => agent.decide(context));
          expect(instances.map((context) => new fresh().decide(context))).toEqual(together);
          expect([...instances].reverse().map((context) => agent.decide(context))).toEqual([...together].reverse());
        }),
        { ...RUNS, numRuns: 60 },
      );
    });

    it('never buys less than the smallest buy it states', () => {
      fc.assert(
        fc.property(contexts, (context) => {
          const smallest = agent.smallestBuyFraction(context.params);
          expect(smallest).toBeGreaterThan(0);
          const { signal, position_size, entry } = agent.decide(context);
          const bought = entry ? notionalFraction(entry, context) : position_size;
          // A position cut to what the account can carry is smaller for another reason.
          const isCut = entry && bought >= Number(entry.leverage) * 0.999;
          expect(signal === 'BUY' && !isCut && bought < smallest * (1 - 1e-9)).toBe(false);
        }),
        RUNS,
      );
    });
  });
}

function notionalFraction(entry: Entry, { market, portfolio }: DecisionContext<unknown>): number {
  return new Money(entry.quantity).mul(market.price).div(portfolio.total_value).toNumber();
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
}
