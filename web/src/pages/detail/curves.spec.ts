import { describe, expect, it } from '@jest/globals';
import { drawdownCurve, holdCurve, priceCurve, valueCurve, withPresent } from './curves.js';

const POINTS = [
  { taken_at: '1', total_value: '1000', price: null },
  { taken_at: '2', total_value: '1000', price: '100' },
  { taken_at: '3', total_value: '1100', price: '150' },
  { taken_at: '4', total_value: '880', price: '50' },
  { taken_at: '5', total_value: '1210', price: '200' },
];

type Held = Parameters<typeof withPresent>[1];

describe('curves of an instance', () => {
  it('end with the current value, at the time of its price or, without positions, at the time of reading', () => {
    const kept = [{ taken_at: '2026-01-01T10:00:00Z', total_value: '1000', price: '100' }];
    const position = { current_price: '110', current_price_at: '2026-01-01T10:20:00Z' };
    const held = { total_value: '1005', archived_at: null, positions: [position] } as unknown as Held;
    const present = { taken_at: '2026-01-01T10:20:00Z', total_value: '1005', price: '110' };
    expect(withPresent(kept, held, '2026-01-01T10:20:30Z')).toEqual([...kept, present]);
    const empty = { ...held, positions: [] };
    const now = { taken_at: '2026-01-01T10:20:30Z', total_value: '1005', price: null };
    expect(withPresent(kept, empty, now.taken_at)).toEqual([...kept, now]);
    // Never back in time, and nothing of one that has ended.
    expect(withPresent(kept, empty, kept[0]!.taken_at)).toBe(kept);
    expect(withPresent(kept, { ...held, archived_at: '2026-01-01T10:10:00Z' }, now.taken_at)).toBe(kept);
  });

  it('show its value', () => {
    expect(valueCurve(POINTS).map(({ value }) => value)).toEqual([1000, 1000, 1100, 880, 1210]);
  });

  it('show buy and hold since the first price', () => {
    expect(holdCurve(POINTS)).toEqual([
      { at: '2', value: 1000 },
      { at: '3', value: 1500 },
      { at: '4', value: 500 },
      { at: '5', value: 2000 },
    ]);
    expect(holdCurve([{ taken_at: '1', total_value: '1000', price: null }])).toEqual([]);
  });

  it('show the price where it is known', () => {
    expect(priceCurve(POINTS).map(({ at, value }) => [at, value])).toEqual([
      ['2', 100],
      ['3', 150],
      ['4', 50],
      ['5', 200],
    ]);
  });

  it('show the drawdown from the peak', () => {
    const drawdown = drawdownCurve(POINTS).map(({ value }) => Number(value.toFixed(6)));
    expect(drawdown).toEqual([0, 0, 0, -20, 0]);
    expect(drawdownCurve([])).toEqual([]);
  });
});
