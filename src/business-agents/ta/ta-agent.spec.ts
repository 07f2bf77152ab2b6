import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { runBusinessAgentContract } from '../../../test/support/business-agent.contract.js';
import { FakeMarketSource, hourlyCandles, toolboxOn } from '../../../test/support/fake-market-source.js';
import { SimulatedSource } from '../../market-data/simulated/simulated-source.js';
import { TaAgent } from './ta-agent.js';

const AT = new Date('2026-03-14T12:00:00Z');

async function analyse(closes: readonly number[], spread = 0) {
  const source = new FakeMarketSource();
  source.candlesAnswer = hourlyCandles(AT, closes, spread);
  const analysis = await new TaAgent().analyse({ symbol: 'BTC', at: AT, tools: toolboxOn(source, AT) });
  expect(source.calls).toEqual(['candles BTC 1h 300']);
  return analysis;
}

/** A deterministic wave with a slope in percent per hour. */
function trend(hours: number, slope: number): number[] {
  return Array.from({ length: hours }, (_, hour) => 100 * Math.exp((slope / 100) * hour + 0.01 * Math.sin(hour / 3)));
}

async function absentWith(hours: number) {
  return (await analyse(trend(hours, 0.05))).absent;
}

describe('the Momentum Scout', () => {
  runBusinessAgentContract(() => new TaAgent());

  it('omits averages with too few candles', async () => {
    expect(await absentWith(250)).toEqual([]);
    expect(await absentWith(249)).toEqual([{ name: 'ema_50_over_200', weight: 0.2, reason: 'too_little_history' }]);
    expect((await absentWith(149)).map(({ name }) => name)).toEqual(['ema_20_over_50', 'ema_50_over_200']);
    expect((await absentWith(104)).map(({ name }) => name)).toContain('macd_histogram');
    expect((await absentWith(83)).map(({ name }) => name)).toContain('rsi_14');
  });

  it('has no opinion from the Bollinger bands alone', async () => {
    expect(await analyse(trend(59, 0))).toMatchObject({
      unavailable: 'too_few_factors',
      confidence: expect.closeTo(0.1),
    });
    expect(await analyse(trend(19, 0))).toMatchObject({ unavailable: 'no_factors' });
  });

  it('is neutral in a market that does not move', async () => {
    const analysis = await analyse(Array<number>(300).fill(100));
    expect(analysis).toMatchObject({ score: 0, signal: 'NEUTRAL', confidence: expect.closeTo(1) });
  });

  it('scores a rising market above a falling one', async () => {
    const [up, flat, down] = await Promise.all([0.06, 0, -0.06].map((slope) => analyse(trend(300, slope))));
    const score = (analysis: typeof up) => (analysis && 'score' in analysis ? analysis.score : NaN);
    expect(score(up)).toBeGreaterThan(score(flat));
    expect(score(flat)).toBeGreaterThan(score(down));
  });

  it('is independent of the price level: 128 times the price gives the same analysis', async () => {
    const closes = trend(300, 0.03);
    const [small, large] = await Promise.all([
      analyse(closes, 0.1),
      analyse(
        closes.map((close) => close * 128),
        12.8,
      ),
    ]);
    expect('score' in large! && large.score).toBeCloseTo('score' in small! ? small.score : NaN, 6);
  });

  it('works with gaps', async () => {
    const market = new SimulatedSource('gaps');
    const gaps = fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 298 }), { maxLength: 14 }), async (missing) => {
      const source = new FakeMarketSource();
      const all = await market.candles('BTC', '1h', 300, AT);
      source.candlesAnswer = all.filter((_, index) => !missing.includes(index));
      const analysis = await new TaAgent().analyse({ symbol: 'BTC', at: AT, tools: toolboxOn(source, AT) });
      expect(analysis.absent).toEqual([]);
    });
    await fc.assert(gaps, { seed: 7, numRuns: 20 });
  });
});

it('each factor names the source of its candles', async () => {
  const source = new FakeMarketSource();
  source.candlesAnswer = hourlyCandles(
    AT,
    Array.from({ length: 300 }, (_, hour) => 100 + Math.sin(hour)),
  );
  const tools = toolboxOn(source, AT, {}, [], 'hyperliquid_perp');
  const { factors } = await new TaAgent().analyse({ symbol: 'BTC', at: AT, tools });
  expect(new Set(factors.map((factor) => factor.source))).toEqual(new Set(['test hyperliquid_perp BTC 1h']));
});
