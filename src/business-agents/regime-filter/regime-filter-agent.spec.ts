import { describe, expect, it } from '@jest/globals';
import { runBusinessAgentContract } from '../../../test/support/business-agent.contract.js';
import { dailyValues, FakeMarketSource, toolboxOn } from '../../../test/support/fake-market-source.js';
import { RegimeFilterAgent } from './regime-filter-agent.js';

const AT = new Date('2026-03-14T12:00:00Z');

describe('the Regime Filter', () => {
  runBusinessAgentContract(() => new RegimeFilterAgent());

  it('computes the regime by hand: 50 * (1 + (.25*.4 + .2*-.5 + .15*.5 + .15*.5) / .75) = 60', async () => {
    const source = new FakeMarketSource();
    source.seriesAnswers.set('fear_greed', dailyValues(AT, [65]));
    source.seriesAnswers.set('funding', dailyValues(AT, [0.0003]));
    source.seriesAnswers.set('dxy', dailyValues(AT, [100, ...Array<number>(29).fill(120), 98.5]));
    source.seriesAnswers.set('vix', dailyValues(AT, [16]));
    const analysis = await new RegimeFilterAgent().analyse({ symbol: 'BTC', at: AT, tools: toolboxOn(source, AT) });
    expect(analysis).toMatchObject({
      score: expect.closeTo(20, 9),
      confidence: expect.closeTo(0.75, 12),
      outputs: {
        regime_score: expect.closeTo(60, 9),
        fear_greed_score: expect.closeTo(70, 9),
        funding_score: expect.closeTo(25, 9),
        dxy_30d_change_score: expect.closeTo(75, 9),
        vix_score: expect.closeTo(75, 9),
      },
    });
    expect(analysis.absent.map(({ name }) => name)).toEqual(['open_interest_7d_change', 'futures_premium']);
  });
});
