import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { checkedAnalysis } from '../../src/business-agents/analysis-schema.js';
import type { BusinessAgent } from '../../src/business-agents/business-agent.js';
import type { FactorDefinition } from '../../src/business-agents/factors/factor-definition.js';
import { signalOf } from '../../src/domain/analysis/score.js';
import type { MarketDataSource, SeriesName } from '../../src/market-data/market-data-source.js';
import { CsvSource } from '../../src/market-data/csv/csv-source.js';
import { SimulatedSource } from '../../src/market-data/simulated/simulated-source.js';
import { MARKET_TOOLS } from '../../src/market-data/tools/market-tools.js';
import { FakeMarketSource, toolboxOn } from './fake-market-source.js';

const DAY_MS = 24 * 60 * 60_000;
const FIRST = Date.UTC(2026, 0, 1);
const LAST = Date.UTC(2026, 0, 20);
const market = new SimulatedSource('contract');

const anyTime = fc.integer({ min: FIRST, max: LAST }).map((milliseconds) => new Date(milliseconds));
const anySymbol = fc.constantFrom('BTC', 'ETH');
const runs = { seed: 7, numRuns: 25 };

/**
 * What every business agent must hold, whatever it looks at. The spec of each agent runs it; a new agent
 * that passes may be added to the catalogue.
 */
export function runBusinessAgentContract(createAgent: () => BusinessAgent): void {
  const agent = createAgent();
  const analyse = (source: MarketDataSource, at: Date, symbol: string, toolsOff: readonly string[] = []) =>
    agent.analyse({ symbol, at, tools: toolboxOn(source, at, { tools: toolsOff }) });

  describe('as a business agent', () => {
    it('is the class that its registry row names', async () => {
      const module = (await import(`../../src/${agent.module}.js`)) as Record<string, unknown>;
      expect(module[agent.className]).toBe(agent.constructor);
      expect(agent.name).toMatch(/^[a-z][a-z0-9_]*$/);
      expect(agent.displayName).not.toBe('');
      expect(agent.description).toMatch(/\.$/);
    });

    it('names exactly the tools that its factors come from', () => {
      expect(MARKET_TOOLS.names()).toEqual(expect.arrayContaining([...agent.tools]));
      expect(new Set(agent.tools)).toEqual(new Set(agent.factors.map(({ tool }) => tool)));
      expect(new Set(agent.tools).size).toBe(agent.tools.length);
    });

    it('has factors of different names whose weights add up to 1', () => {
      expect(new Set(agent.factors.map(({ name }) => name)).size).toBe(agent.factors.length);
      expect(agent.factors.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
      for (const { weight } of agent.factors) expect(weight).toBeGreaterThan(0);
    });

    it.each(agent.factors.map((factor) => [factor.name, factor] as const))(
      'reads %s in the direction that it documents',
      (_name, { direction, normalisation, description }) => {
        expect(description).toMatch(/\.$/);
        const values = normalisation.map(([value]) => value);
        const readings = normalisation.map(([, reading]) => reading);
        expect(values).toEqual([...values].sort((a, b) => a - b));
        expect(new Set(values).size).toBe(values.length);
        for (const reading of readings) expect(Math.abs(reading)).toBeLessThanOrEqual(1);
        expect(directionOf(readings)).toBe(direction);
        expect(Math.min(...readings)).toBeLessThan(0);
        expect(Math.max(...readings)).toBeGreaterThan(0);
      },
    );

    it('stays within its bounds and accounts for every factor', async () => {
      const bounds = fc.asyncProperty(anyTime, anySymbol, async (at, symbol) => {
        const analysis = await analyse(market, at, symbol);
        if ('unavailable' in analysis) throw new Error(`unavailable on a full market: ${analysis.unavailable}`);
        expect(Math.abs(analysis.score)).toBeLessThanOrEqual(100);
        expect(analysis.confidence).toBeCloseTo(1, 12);
        expect(analysis.signal).toBe(analysis.score > 20 ? 'BULLISH' : analysis.score < -20 ? 'BEARISH' : 'NEUTRAL');
        expect(analysis.factors.map(({ name }) => name)).toEqual(agent.factors.map(({ name }) => name));
        for (const factor of analysis.factors) {
          expect(Math.abs(factor.normalised)).toBeLessThanOrEqual(1);
          expect(factor.contribution).toBe(factor.normalised * factor.weight);
          expect(Date.parse(factor.observed_at)).toBeLessThanOrEqual(at.getTime());
          expect(analysis.reasoning).toContain(factor.name);
        }
      });
      await fc.assert(bounds, runs);
    });

    it('says the same about the same market, in another object too', async () => {
      const at = new Date('2026-01-15T12:34:56Z');
      const again = createAgent().analyse({ symbol: 'BTC', at, tools: toolboxOn(market, at) });
      expect(await again).toEqual(await analyse(market, at, 'BTC'));
    });

    it('sees nothing of the future: cutting the history at the time of the run changes nothing', async () => {
      const whole = await recorded(new Date(LAST + 10 * DAY_MS));
      const cut = fc.asyncProperty(anyTime, anySymbol, async (at, symbol) => {
        expect(await analyse(await recorded(at), at, symbol)).toEqual(await analyse(whole, at, symbol));
      });
      await fc.assert(cut, { ...runs, numRuns: 6 });
    });

    it('never grows more confident when tools are switched off', async () => {
      const at = new Date('2026-01-15T12:00:00Z');
      const tools = [...agent.tools];
      const fewer = fc.asyncProperty(fc.subarray(tools), fc.subarray(tools), async (off, more) => {
        const some = await analyse(market, at, 'BTC', off);
        const less = await analyse(market, at, 'BTC', [...off, ...more]);
        expect(less.confidence).toBeLessThanOrEqual(some.confidence);
        expect(less.factors.length + less.absent.length).toBe(agent.factors.length);
        for (const { reason } of less.absent) expect(reason).toBe('tool_inactive');
        expect('unavailable' in less).toBe(less.confidence < 0.2 - 1e-9);
      });
      await fc.assert(fewer, runs);
    });

    it('says the same beside a score that was not moved, and something whole beside one that was', async () => {
      const analysis = checkedAnalysis(await analyse(market, new Date(FIRST), 'BTC'));
      if ('unavailable' in analysis) throw new Error('expected an analysis');
      if (!agent.restate) return expect(analysis.outputs).toBeUndefined();
      expect(agent.restate(analysis)).toEqual(analysis.outputs);
      const moved = fc.property(fc.double({ min: -100, max: 100, noNaN: true }), (score) => {
        const other = { ...analysis, score, signal: signalOf(score), confidence: 0.2 };
        const outputs = agent.restate!(other);
        expect(checkedAnalysis({ ...other, outputs })).toEqual({ ...other, outputs });
        expect(Object.keys(outputs)).toEqual(Object.keys(analysis.outputs!));
      });
      fc.assert(moved, runs);
    });

    it('uses no other tools than it names', async () => {
      const at = new Date('2026-01-15T12:00:00Z');
      const others = MARKET_TOOLS.names().filter((name) => !(agent.tools as readonly string[]).includes(name));
      expect(await analyse(market, at, 'ETH', others)).toEqual(await analyse(market, at, 'ETH'));
    });

    it('is unavailable, and does not throw, when every source fails', async () => {
      const broken = new FakeMarketSource();
      broken.failure = new Error('connection refused');
      const analysis = await analyse(broken, new Date(FIRST), 'BTC');
      expect(analysis).toMatchObject({ unavailable: 'no_factors', confidence: 0, factors: [] });
      expect(analysis).not.toHaveProperty('score');
      expect(new Set(analysis.absent.map(({ reason }) => reason))).toEqual(new Set(['source_failed']));
    });

    it('is unavailable when nothing is known', async () => {
      const analysis = await analyse(new FakeMarketSource(), new Date(FIRST), 'BTC');
      expect(analysis).toMatchObject({ unavailable: 'no_factors', factors: [] });
    });
  });
}

function directionOf(readings: readonly number[]): FactorDefinition['direction'] {
  const steps = readings.slice(1).map((reading, index) => reading - readings[index]!);
  if (steps.every((step) => step >= 0)) return 'higher_is_bullish';
  return steps.every((step) => step <= 0) ? 'lower_is_bullish' : 'turning';
}

/** The simulated market written down, up to a time. */
async function recorded(until: Date): Promise<CsvSource> {
  const histories = await Promise.all(
    ['BTC', 'ETH'].map(async (symbol) => {
      const candles = await market.candles(symbol, '1h', 24 * 45, until);
      return { symbol, interval: '1h' as const, source: symbol, candles };
    }),
  );
  const names = MARKET_TOOLS.all().flatMap((tool): SeriesName[] => (tool.kind === 'series' ? [tool.series] : []));
  const series = names.map(async (name) => [name, await market.series(name, 200, until)] as const);
  return new CsvSource(histories, new Map(await Promise.all(series)));
}
