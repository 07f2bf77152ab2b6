import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { Money } from '../../domain/money/decimal.js';
import { actualCost, largestCost } from './completion.js';

const prices = { inputPrice: new Money('0.15'), outputPrice: new Money('0.60') };

describe('the cost of a question', () => {
  it('is computed from prices per million tokens', () => {
    // 1,000 * .15 / 1e6 + 200 * .60 / 1e6 = .00015 + .00012
    const cost = actualCost({ prompt: 1000, completion: 200 }, new Money(1), prices);
    expect([cost.amount.toFixed(), cost.isKnown]).toEqual(['0.00027', true]);
  });

  it('is at most that of its bytes and the longest answer', () => {
    // (3,000 + 64) * .15 / 1e6 + 600 * .60 / 1e6
    expect(largestCost({ bytes: 3000 }, { ...prices, answerTokens: 600 }).toFixed()).toBe('0.0008196');
  });

  it('is 0 without an answer, and the reserved amount when unknown', () => {
    expect(actualCost('nothing', new Money(2), prices)).toEqual({ amount: new Money(0), isKnown: true });
    expect(actualCost('unknown', new Money(2), prices)).toEqual({ amount: new Money(2), isKnown: false });
  });

  it('never exceeds the reserved amount while the provider respects its limits', () => {
    const price = fc.integer({ min: 0, max: 10 ** 9 }).map((nanos) => new Money(nanos).div(1e6));
    const within = fc.property(
      fc.nat(32_768),
      fc.integer({ min: 100, max: 100_000 }).chain((most) => fc.tuple(fc.constant(most), fc.nat(most))),
      price,
      price,
      (bytes, [answerTokens, completion], inputPrice, outputPrice) => {
        const own = { inputPrice, outputPrice };
        const most = largestCost({ bytes }, { ...own, answerTokens });
        expect(actualCost({ prompt: bytes, completion }, most, own).amount.lte(most)).toBe(true);
      },
    );
    fc.assert(within, { seed: 7, numRuns: 200 });
  });
});
