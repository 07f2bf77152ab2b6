import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Reason } from '../../domain/decision/decision.js';
import { REASON_CODES } from '../../domain/decision/reason-codes.js';
import {
  decodeReasons,
  encodeReasons,
  type StoredReason,
  REASON_SHAPES,
  decodeState,
  encodeState,
} from './storage-codec.js';

const CONVICTION = 52.97283945061728;
const HOLD: readonly Reason[] = [
  {
    code: 'conviction',
    weighted_score: 5.9456789012345,
    risk_factor: 1,
    conviction: CONVICTION,
    contributions: { macro: 4.123456789, onchain: 3.2222222222, ta: -1.4 },
  },
  { code: 'hold_band', conviction: CONVICTION, from: 50, below: 55 },
];

const throughJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const detail = fc.oneof(
  number,
  fc.constant(CONVICTION),
  fc.string({ unit: 'grapheme' }),
  fc.boolean(),
  fc.constant(null),
  fc.dictionary(fc.constantFrom('macro', 'onchain', 'ta', '0', ''), number),
);
/** Of the listed shapes, with details left out, added and in another order, and of codes that nobody knows. */
const reason = fc
  .record({
    shape: fc.oneof(fc.constantFrom(...REASON_SHAPES), fc.constant(['unheard_of', 'conviction'] as const)),
    values: fc.array(detail, { minLength: 8, maxLength: 8 }),
    change: fc.constantFrom('none', 'none', 'one less', 'one more', 'reversed'),
  })
  .map(({ shape: [code, ...names], values, change }): Reason => {
    if (change === 'one less') names.pop();
    if (change === 'one more') names.push('more');
    if (change === 'reversed') names.reverse();
    return { code, ...(Object.fromEntries(names.map((name, index) => [name, values[index]!])) as object) };
  });

describe('reasons as they are stored', () => {
  it('come back as they were, in the order in which they were, whatever they are', () => {
    const conviction = fc.oneof(fc.constant(CONVICTION), fc.constant(null), number);
    fc.assert(
      fc.property(fc.array(reason), conviction, (reasons, own) => {
        const back = decodeReasons(throughJson(encodeReasons(reasons, own)), own);
        expect(JSON.stringify(back)).toBe(JSON.stringify(reasons));
      }),
      { numRuns: 2000, seed: 4 },
    );
  });

  it('name nothing that all reasons of a code have, and the conviction not at all', () => {
    expect(JSON.stringify(encodeReasons(HOLD, CONVICTION))).toBe(
      '[[0,5.9456789012345,1,[],{"macro":4.123456789,"onchain":3.2222222222,"ta":-1.4}],[1,[],50,55]]',
    );
  });

  it('are read where they were stored in full', () => {
    expect(decodeReasons(HOLD, null)).toEqual(HOLD);
  });

  it('refuse a form that only a newer version knows', () => {
    expect(() => decodeReasons([[REASON_SHAPES.length, 1]], null)).toThrow(RangeError);
    expect(() => decodeReasons([[1, 2, 3]], null)).toThrow('form 1 with 2 values');
  });

  it('never change the place of a stored form', () => {
    const stored: StoredReason[] = [
      [2, [], 55, 0.5, 0.1],
      [5, 'dxy', 111, 110, 1],
      [19, '2026-01-01T00:00:00.000Z'],
      [29, '1', '2', '3', '4', '5', null],
    ];
    expect(decodeReasons(stored, 60)).toEqual([
      { code: 'buy_signal', conviction: 60, threshold: 55, strength: 0.5, size: 0.1 },
      { code: 'risk_point', input: 'dxy', value: 111, limit: 110, points: 1 },
      { code: 'superseded', served_at: '2026-01-01T00:00:00.000Z' },
      { code: 'entry_plan', risk: '1', distance: '2', leverage: '3', quantity: '4', stop_loss: '5', take_profit: null },
    ]);
  });

  it('have the details that the interface documents, in the newest form of a code', () => {
    for (const [code, details] of new Map(REASON_SHAPES.map(([code, ...details]) => [code, details]))) {
      const documented = /\{(.*)\}/.exec(REASON_CODES[code as keyof typeof REASON_CODES])![1]!;
      expect([code, details.toSorted()]).toEqual([code, documented.split(', ').toSorted()]);
    }
  });
});

describe('a state before a decision as it is stored', () => {
  const state = {
    consecutive_bullish_count: 3,
    consecutive_bearish_count: 0,
    cash: '8999.123456789',
    quantity: '0.01',
    total_value: '10023.4',
    cost_basis: '1002.34',
  };

  it('has the values alone', () => {
    expect(JSON.stringify(encodeState(state))).toBe('[3,0,"8999.123456789","0.01","10023.4","1002.34"]');
  });

  it.each([
    ['whole', state],
    ['without a cost', { ...state, cost_basis: undefined }],
    ['with more', { ...state, last_trade_at: null, position: { side: 'short', margin: '5' }, nothing: undefined }],
    ['in another order', Object.fromEntries(Object.entries(state).reverse())],
  ])('comes back as it was: %s', (_what, given) => {
    expect(decodeState(throughJson(encodeState(given)))).toEqual(throughJson(given));
  });

  it('is read where it was stored in full', () => {
    expect(decodeState(state)).toBe(state);
  });
});
