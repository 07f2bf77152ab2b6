import { describe, expect, it } from '@jest/globals';
import { runBusinessAgentContract } from '../../../test/support/business-agent.contract.js';
import { toolboxOn } from '../../../test/support/fake-market-source.js';
import { CsvSource } from '../../market-data/csv/csv-source.js';
import { SimulatedSource } from '../../market-data/simulated/simulated-source.js';
import { indicatorsOf } from '../ta/indicators.js';
import { TaMomentumAgent, MOMENTUM_FACTORS } from './ta-momentum-agent.js';

const AT = new Date('2026-03-14T12:00:00Z');
const HOUR_MS = 3_600_000;

/** 300 hours of an accelerating market: `slope` percent per hour at the start, three times that at the end. */
async function analyse(slope: number) {
  const last = AT.getTime();
  const candles = Array.from({ length: 300 }, (_, hour) => {
    const close = 100 * Math.exp((slope / 100) * hour * (1 + hour / 300));
    const closeTime = last - (299 - hour) * HOUR_MS;
    return {
      openTime: closeTime - HOUR_MS,
      closeTime,
      open: close,
      high: close * 1.001,
      low: close * 0.999,
      close,
      volume: 1,
    };
  });
  const source = new CsvSource([{ symbol: 'BTC', interval: '1h', source: 'BTC', candles }], new Map());
  const analysis = await new TaMomentumAgent().analyse({ symbol: 'BTC', at: AT, tools: toolboxOn(source, AT) });
  return { analysis, candles };
}

describe('TA Momentum', () => {
  runBusinessAgentContract(() => new TaMomentumAgent());

  it('weighs 1-hour candles .7 and 15-minute candles .3', () => {
    const weightOf = (interval: string) =>
      MOMENTUM_FACTORS.filter((factor) => factor.interval === interval).reduce((sum, { weight }) => sum + weight, 0);
    expect([weightOf('1h'), weightOf('15m')]).toEqual([expect.closeTo(0.7, 12), expect.closeTo(0.3, 12)]);
  });

  it.each([
    [0.2, 'LONG'],
    [-0.2, 'SHORT'],
    [0, 'NEUTRAL'],
  ])('gives a market that moves %s percent per hour the signal %s', async (slope, signal) => {
    const { analysis, candles } = await analyse(slope);
    const score = 'score' in analysis ? analysis.score : NaN;
    expect(analysis).toMatchObject({
      outputs: {
        signal,
        strength: Math.abs(score) / 100,
        confidence: expect.closeTo(0.7, 12),
        atr: indicatorsOf(candles).atr14,
      },
    });
    // Without 15-minute candles the confidence is lower, and their factors are absent.
    expect(analysis.absent.map(({ name, reason }) => `${name} ${reason}`)).toEqual([
      'trend_15m no_data',
      'momentum_15m no_data',
      'timing_15m no_data',
    ]);
  });

  it('has full confidence with both kinds of candles', async () => {
    const analysis = await new TaMomentumAgent().analyse({
      symbol: 'BTC',
      at: AT,
      tools: toolboxOn(new SimulatedSource('momentum'), AT),
    });
    expect(analysis).toMatchObject({
      confidence: expect.closeTo(1, 12),
      outputs: { confidence: expect.closeTo(1, 12) },
    });
  });
});
