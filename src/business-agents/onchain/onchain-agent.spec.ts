import { describe, expect, it } from '@jest/globals';
import { runBusinessAgentContract } from '../../../test/support/business-agent.contract.js';
import { dailyValues, FakeMarketSource, toolboxOn } from '../../../test/support/fake-market-source.js';
import { OnchainAgent } from './onchain-agent.js';

const AT = new Date('2026-03-14T12:00:00Z');

function analyse(source: FakeMarketSource, symbol = 'BTC') {
  return new OnchainAgent().analyse({ symbol, at: AT, tools: toolboxOn(source, AT) });
}

describe('the Data Warden', () => {
  runBusinessAgentContract(() => new OnchainAgent());

  it('has an opinion from mining alone: 100 * (.25*.6 - .15*.5) / .4 = 18.75, confidence .4', async () => {
    const source = new FakeMarketSource();
    source.seriesAnswers.set(
      'hash_rate',
      dailyValues(AT, [...Array<number>(30).fill(100), 90, 130, 110, 110, 110, 95, 125]),
    );
    source.seriesAnswers.set('difficulty', dailyValues(AT, [100, ...Array<number>(29).fill(300), 97.25]));
    const analysis = await analyse(source);
    expect('score' in analysis && analysis.score).toBeCloseTo(18.75, 9);
    expect(analysis.confidence).toBeCloseTo(0.4, 12);
    expect(analysis.absent).toHaveLength(5);
  });

  it('says so when it uses the Bitcoin network as a proxy for another coin', async () => {
    const source = new FakeMarketSource();
    source.seriesAnswers.set('nvt', dailyValues(AT, [50]));
    source.seriesAnswers.set('mvrv', dailyValues(AT, [1.5]));
    expect((await analyse(source, 'ETH')).reasoning).toMatch(/Bitcoin network, as a proxy for ETH\.$/);
    expect((await analyse(source, 'BTC')).reasoning).not.toContain('proxy');
  });

  it('omits factors with too little history', async () => {
    const source = new FakeMarketSource();
    source.seriesAnswers.set('hash_rate', dailyValues(AT, Array<number>(10).fill(100)));
    source.seriesAnswers.set('nvt', dailyValues(AT, [50]));
    source.seriesAnswers.set('mvrv', dailyValues(AT, [1.5]));
    const { absent } = await analyse(source);
    expect(absent).toContainEqual({ name: 'hash_rate_30d_change', weight: 0.25, reason: 'too_little_history' });
  });
});
