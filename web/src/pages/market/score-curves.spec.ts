import { describe, expect, it } from '@jest/globals';
import { scoreCurves } from './score-curves.js';

type Runs = Parameters<typeof scoreCurves>[0];

describe('scores over time', () => {
  it('go from the oldest run to the newest, without what is missing', () => {
    const runs = [
      { scheduled_for: '3', analyses: [{ agent_name: 'ta', score: -5 }], market_snapshot: { price: { value: '110' } } },
      { scheduled_for: '2', analyses: null, market_snapshot: null },
      {
        scheduled_for: '1',
        analyses: [
          { agent_name: 'ta', score: 10 },
          { agent_name: 'macro', score: null },
        ],
        market_snapshot: { price: { value: '100.5' } },
      },
    ] as unknown as Runs;
    const { scores, price } = scoreCurves(runs);
    expect([...scores]).toEqual([
      [
        'ta',
        [
          { at: '1', value: 10 },
          { at: '3', value: -5 },
        ],
      ],
    ]);
    expect(price).toEqual([
      { at: '1', value: 100.5 },
      { at: '3', value: 110 },
    ]);
  });
});
