import { describe, expect, it } from '@jest/globals';
import { runBusinessAgentContract } from '../../../test/support/business-agent.contract.js';
import { dailyValues, FakeMarketSource, toolboxOn } from '../../../test/support/fake-market-source.js';
import { MacroAgent } from './macro-agent.js';

const AT = new Date('2026-03-14T12:00:00Z');

describe('The Oracle', () => {
  runBusinessAgentContract(() => new MacroAgent());

  it('computes the score by hand: 100 * (.25*.4 + .2*.5 - .15*.4 + .2*.5) / .8 = 30', async () => {
    const source = new FakeMarketSource();
    source.seriesAnswers.set('fear_greed', dailyValues(AT, [65]));
    source.seriesAnswers.set('dxy', dailyValues(AT, [100, ...Array<number>(29).fill(120), 98.5]));
    source.seriesAnswers.set('us10y', dailyValues(AT, [4, ...Array<number>(29).fill(9), 4.2]));
    source.seriesAnswers.set('vix', dailyValues(AT, [16]));
    const analysis = await new MacroAgent().analyse({ symbol: 'BTC', at: AT, tools: toolboxOn(source, AT) });
    expect(analysis).toMatchObject({ signal: 'BULLISH' });
    expect('score' in analysis && analysis.score).toBeCloseTo(30, 9);
    expect(analysis.confidence).toBeCloseTo(0.8, 12);
    expect(analysis.absent).toEqual([
      { name: 'm2_growth', weight: 0.1, reason: 'no_data' },
      { name: 'fed_funds_90d_change', weight: 0.1, reason: 'no_data' },
    ]);
    expect(analysis.reasoning).toMatch(/^BULLISH .*fear_greed 65 .*Without data: m2_growth/);
  });

  it('has no opinion from the federal funds rate alone', async () => {
    const source = new FakeMarketSource();
    source.seriesAnswers.set('fed_funds', dailyValues(AT, Array<number>(100).fill(4)));
    const analysis = await new MacroAgent().analyse({ symbol: 'BTC', at: AT, tools: toolboxOn(source, AT) });
    expect(analysis).toMatchObject({ unavailable: 'too_few_factors', confidence: expect.closeTo(0.1) });
  });
});
