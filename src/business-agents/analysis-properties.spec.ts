import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { dailyValues, FakeMarketSource, hourlyCandles, toolboxOn } from '../../test/support/fake-market-source.js';
import { analysisFrom } from '../domain/analysis/score.js';
import type { MeasuredFactor } from '../domain/analysis/score.js';
import { MarketDataDefect } from '../market-data/market-data-errors.js';
import { MARKET_TOOLS } from '../market-data/tools/market-tools.js';
import type { BusinessAgent } from './business-agent.js';
import { createBusinessAgents } from './business-agents.catalogue.js';
import { type FactorDefinition, normalise } from './factors/factor-definition.js';

// Properties of every agent in the catalogue, present and future, for any market.
const AT = new Date('2026-03-14T12:00:00Z');
const DAYS = 140;
const runs = { seed: 7, numRuns: 40 };
const agents = createBusinessAgents().all();
const factorsOfAll = agents.flatMap((agent) => agent.factors.map((factor) => [agent.name, factor.name, agent, factor]));

/** A raw value near a factor's anchors, often beyond them. */
function rawValue({ normalisation }: FactorDefinition): fc.Arbitrary<number> {
  const [low, high] = [normalisation[0]![0], normalisation.at(-1)![0]];
  const margin = high - low;
  return fc.double({ min: low - margin, max: high + margin, noNaN: true });
}

function measured({ name, weight, normalisation }: FactorDefinition, value: number): MeasuredFactor {
  const observed_at = AT.toISOString();
  return { name, value, source: 'test', observed_at, normalised: normalise(value, normalisation), weight };
}

/** Readings of some of an agent's factors. */
function someReadings(agent: BusinessAgent): fc.Arbitrary<MeasuredFactor[]> {
  const each = agent.factors.map((factor) => fc.option(rawValue(factor)));
  return fc
    .tuple(...each)
    .map((values) =>
      agent.factors.flatMap((factor, i) => (typeof values[i] === 'number' ? [measured(factor, values[i])] : [])),
    );
}

/** The analysis of an agent with these factors and no data for the others. */
function analysisOf(agent: BusinessAgent, present: readonly MeasuredFactor[]) {
  const absent = agent.factors
    .filter(({ name }) => present.every((factor) => factor.name !== name))
    .map(({ name, weight }) => ({ name, weight, reason: 'no_data' }));
  return analysisFrom(present, absent);
}

/** A market of extreme data: jumps, zeros, negative values, too few values. */
const anyMarket = fc
  .record({
    levels: fc.array(fc.integer({ min: -100_000, max: 100_000_000 }), { minLength: 1, maxLength: 40 }),
    moves: fc.array(fc.double({ min: -0.3, max: 0.3, noNaN: true }), { minLength: 1, maxLength: 60 }),
    hours: fc.integer({ min: 1, max: 300 }),
  })
  .map(({ levels, moves, hours }) => {
    const source = new FakeMarketSource();
    let shift = 0;
    for (const tool of MARKET_TOOLS.all()) {
      if (tool.kind !== 'series') continue;
      shift += 1;
      const values = Array.from({ length: DAYS }, (_, day) => levels[(day * shift) % levels.length]! / 100);
      source.seriesAnswers.set(tool.series, dailyValues(AT, values));
    }
    let price = 100;
    const closes = Array.from({ length: hours }, (_, hour) => (price *= Math.exp(moves[hour % moves.length]!)));
    source.candlesAnswer = hourlyCandles(AT, closes);
    return source;
  });

describe('in any market', () => {
  it.each(agents.map((agent) => [agent.name, agent] as const))(
    'the score of %s is within its bounds',
    async (_, agent) => {
      const bounded = fc.asyncProperty(anyMarket, async (source) => {
        const analysis = await agent.analyse({ symbol: 'BTC', at: AT, tools: toolboxOn(source, AT) });
        expect(analysis.confidence).toBeGreaterThanOrEqual(0);
        expect(analysis.confidence).toBeLessThanOrEqual(1 + 1e-12);
        if ('score' in analysis) expect(Math.abs(analysis.score)).toBeLessThanOrEqual(100);
        for (const { normalised } of analysis.factors) expect(Math.abs(normalised)).toBeLessThanOrEqual(1);
        const again = await agent.analyse({ symbol: 'BTC', at: AT, tools: toolboxOn(source, AT) });
        expect(again).toEqual(analysis);
      });
      await fc.assert(bounded, runs);
    },
  );

  it.each(agents.map((agent) => [agent.name, agent] as const))(
    '%s refuses a value observed after the run, from any tool',
    async (_, agent) => {
      const plan = fc.record({
        source: anyMarket,
        tool: fc.constantFrom(...agent.tools),
        late: fc.integer({ min: 1, max: 90 * 86_400_000 }),
      });
      const refused = fc.asyncProperty(plan, async ({ source, tool, late }) => {
        putInto(source, tool, new Date(AT.getTime() + late));
        const analysis = agent.analyse({ symbol: 'BTC', at: AT, tools: toolboxOn(source, AT) });
        await expect(analysis).rejects.toBeInstanceOf(MarketDataDefect);
      });
      await fc.assert(refused, runs);
    },
  );
});

/** Adds an observation at that time to a tool's data. */
function putInto(source: FakeMarketSource, toolName: string, time: Date): void {
  const tool = MARKET_TOOLS.get(toolName);
  if (tool.kind === 'series') {
    const late = { value: 1, source: 'test', observed_at: time.toISOString() };
    source.seriesAnswers.set(tool.series, [...(source.seriesAnswers.get(tool.series) ?? []), late]);
  } else {
    const newest = source.candlesAnswer.at(-1)!;
    const late = { ...newest, openTime: newest.closeTime, closeTime: time.getTime() };
    source.candlesAnswer = [...source.candlesAnswer, late];
  }
}

describe('a factor', () => {
  it.each(factorsOfAll as [string, string, BusinessAgent, FactorDefinition][])(
    'of %s, %s, moves the score only in its direction, regardless of the others',
    (_agentName, _factorName, agent, factor) => {
      const others = someReadings(agent).map((list) => list.filter(({ name }) => name !== factor.name));
      const oneWay = fc.property(others, rawValue(factor), rawValue(factor), (list, a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const [before, after] = [low, high].map((value) => analysisOf(agent, [...list, measured(factor, value)]));
        const change = 'score' in before! && 'score' in after! ? after.score - before.score : 0;
        expect(wayUp(factor, low, high) * change).toBeGreaterThanOrEqual(-1e-9);
      });
      fc.assert(oneWay, runs);
    },
  );

  it('that becomes absent never raises the confidence of any agent', () => {
    for (const agent of agents) {
      const fewer = fc.property(someReadings(agent), fc.nat(), (present, pick) => {
        const before = analysisOf(agent, present);
        const after = analysisOf(agent, present.toSpliced(present.length === 0 ? 0 : pick % present.length, 1));
        expect(after.confidence).toBeLessThanOrEqual(before.confidence);
      });
      fc.assert(fewer, runs);
    }
  });
});

/** 1 where more of the factor is better, -1 where it is worse, 0 where it turns between the two values. */
function wayUp({ direction, normalisation }: FactorDefinition, low: number, high: number): number {
  if (direction !== 'turning') return direction === 'higher_is_bullish' ? 1 : -1;
  // The documented anchors define the direction between two of them.
  if (normalisation.some(([anchor]) => anchor > low && anchor < high)) return 0;
  return Math.sign(normalise(high, normalisation) - normalise(low, normalisation));
}
