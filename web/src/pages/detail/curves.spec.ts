import { describe, expect, it } from '@jest/globals';
import { drawdownCurve, holdCurve, priceCurve, valueCurve } from './curves.js';

const POINTS = [
  { taken_at: '1', total_value: '1000', price: null },
  { taken_at: '2', total_value: '1000', price: '100' },
  { taken_at: '3', total_value: '1100', price: '150' },
  { taken_at: '4', total_value: '880', price: '50' },
  { taken_at: '5', total_value: '1210', price: '200' },
];

describe('curves of an instance', () => {
  it('show its value', () => {
    expect(valueCurve(POINTS).map(({ value }) => value)).toEqual([1000, 1000, 1100, 880, 1210]);
  });

  it('show what holding the asset since the first price would have given', () => {
    expect(holdCurve(POINTS)).toEqual([
      { at: '2', value: 1000 },
      { at: '3', value: 1500 },
      { at: '4', value: 500 },
      { at: '5', value: 2000 },
    ]);
    expect(holdCurve([{ taken_at: '1', total_value: '1000', price: null }])).toEqual([]);
  });

  it('show the price, where it was known', () => {
    expect(priceCurve(POINTS).map(({ at, value }) => [at, value])).toEqual([
      ['2', 100],
      ['3', 150],
      ['4', 50],
      ['5', 200],
    ]);
  });

  it('show how far it is below its peak', () => {
    const drawdown = drawdownCurve(POINTS).map(({ value }) => Number(value.toFixed(6)));
    expect(drawdown).toEqual([0, 0, 0, -20, 0]);
    expect(drawdownCurve([])).toEqual([]);
  });
});
