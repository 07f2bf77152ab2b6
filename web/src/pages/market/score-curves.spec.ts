import { describe, expect, it } from '@jest/globals';
import { scoreCurves } from './score-curves.js';

type Runs = Parameters<typeof scoreCurves>[0];

describe('scores over time', () => {
  it('go from the oldest run to the latest, with a gap for a missing score, without unfinished runs', () => {
    const runs = [
      { scheduled_for: '4', finished_at: null, analyses: [{ agent_name: 'ta', score: 1 }], market_snapshot: null },
      {
        scheduled_for: '3',
        finished_at: '3',
        analyses: [{ agent_name: 'ta', score: -5 }],
        market_snapshot: { price: { value: '110' } },
      },
      { scheduled_for: '2', finished_at: '2', analyses: null, market_snapshot: null },
      {
        scheduled_for: '1',
        finished_at: '1',
        analyses: [
          { agent_name: 'ta', score: 10 },
          { agent_name: 'macro', score: null },
        ],
        market_snapshot: { price: { value: '100.5' } },
      },
    ] as unknown as Runs;
    const { scores, price } = scoreCurves(runs);
    const line = (...values: (number | null)[]) => values.map((value, index) => ({ at: String(index + 1), value }));
    expect([...scores]).toEqual([
      ['ta', line(10, null, -5)],
      ['macro', line(null, null, null)],
    ]);
    expect(price).toEqual([
      { at: '1', value: 100.5 },
      { at: '3', value: 110 },
    ]);
  });
});
