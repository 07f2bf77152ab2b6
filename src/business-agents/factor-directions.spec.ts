import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { dailyValues, FakeMarketSource, toolboxOn } from '../../test/support/fake-market-source.js';
import { seriesTool } from '../market-data/tools/market-tools.js';
import type { SeriesFactor } from './factors/series-factors.js';
import { analyseSeries } from './factors/series-factors.js';
import { MACRO_FACTORS } from './macro/macro-agent.js';
import { ONCHAIN_FACTORS } from './onchain/onchain-agent.js';

const AT = new Date('2026-03-14T12:00:00Z');
const DAYS = 130;

/** A typical level of each series, the same on every day. */
const LEVELS: Readonly<Record<string, number>> = {
  fear_greed: 50,
  dxy: 100,
  us10y: 4,
  vix: 20,
  m2_yoy: 4,
  fed_funds: 4,
  hash_rate: 7e8,
  difficulty: 1e14,
  active_addresses: 7e5,
  transactions: 4e5,
  nvt: 75,
  mvrv: 2,
  fees: 10,
};

/** The score when the newest week of one factor's series is at `times` times its usual level. */
async function scoreWith(factors: readonly SeriesFactor[], changed: SeriesFactor, times: number): Promise<number> {
  const source = new FakeMarketSource();
  for (const { tool } of factors) {
    const { series } = seriesTool(tool);
    const level = LEVELS[series]!;
    const newest = tool === changed.tool ? level * times : level;
    source.seriesAnswers.set(
      series,
      dailyValues(AT, [...Array<number>(DAYS - 7).fill(level), ...Array<number>(7).fill(newest)]),
    );
  }
  const analysis = await analyseSeries(factors, toolboxOn(source, AT));
  if ('unavailable' in analysis) throw new Error(analysis.unavailable);
  return analysis.score;
}

describe.each([
  ['macro', MACRO_FACTORS],
  ['onchain', ONCHAIN_FACTORS],
] as const)('in the %s analysis', (_agent, factors) => {
  const monotone = factors.filter(({ direction }) => direction !== 'turning');

  it.each(monotone.map((factor) => [factor.name, factor] as const))(
    'a rising %s moves the score only in its direction',
    async (_name, factor) => {
      const anyTimes = fc.double({ min: 0.2, max: 3, noNaN: true });
      const sign = factor.direction === 'higher_is_bullish' ? 1 : -1;
      const oneWay = fc.asyncProperty(anyTimes, anyTimes, async (a, b) => {
        const low = await scoreWith(factors, factor, Math.min(a, b));
        const high = await scoreWith(factors, factor, Math.max(a, b));
        expect(sign * (high - low)).toBeGreaterThanOrEqual(-1e-9);
      });
      await fc.assert(oneWay, { seed: 7, numRuns: 15 });
      const swing = (await scoreWith(factors, factor, 2)) - (await scoreWith(factors, factor, 0.5));
      expect(sign * swing).toBeGreaterThan(factor.weight * 90);
    },
  );
});

it('rising fear and greed is good up to 80 and bad above', async () => {
  const mood = MACRO_FACTORS.find(({ name }) => name === 'fear_greed')!;
  const score = (index: number) => scoreWith(MACRO_FACTORS, mood, index / 50);
  const neutral = await score(50);
  const rising = await Promise.all([0, 10, 25, 40, 50, 60, 75, 80].map(score));
  expect(rising).toEqual([...rising].sort((a, b) => a - b));
  expect(rising.at(-1)!).toBeGreaterThan(neutral);
  const tooHigh = await Promise.all([81, 85, 90, 95, 100].map(score));
  expect(tooHigh).toEqual([...tooHigh].sort((a, b) => b - a));
  for (const each of tooHigh) expect(each).toBeLessThan(neutral);
});

it('an MVRV above 3.5 is bad and one below 1 is good', async () => {
  const mvrv = ONCHAIN_FACTORS.find(({ name }) => name === 'mvrv')!;
  const score = (ratio: number) => scoreWith(ONCHAIN_FACTORS, mvrv, ratio / 2);
  const neutral = await score(2);
  expect(neutral - (await score(3.5))).toBeCloseTo(12, 9);
  expect((await score(1)) - neutral).toBeCloseTo(12, 9);
});
