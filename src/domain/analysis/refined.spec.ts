import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { refined } from './score.js';

const verdict = (score: number, confidence: number) => ({ score, confidence, reasoning: 'Because.' });
const anyScore = fc.double({ min: -100, max: 100, noNaN: true });
const anyAnalysis = fc.record({ score: anyScore, confidence: fc.double({ min: 0.2, max: 1, noNaN: true }) });
const anyVerdict = fc.tuple(anyScore, fc.double({ min: 0, max: 1, noNaN: true })).map(([a, b]) => verdict(a, b));

describe('a verdict on an analysis', () => {
  it.each([
    ['counts within 15 points', 10, verdict(24, 0.7), { score: 24, signal: 'BULLISH', confidence: 0.7, limits: [] }],
    ['moves the score up by 15', 10, verdict(60, 0.9), { score: 25, signal: 'BULLISH', limits: ['score'] }],
    ['moves the score down by 15', 10, verdict(-100, 0.9), { score: -5, signal: 'NEUTRAL', limits: ['score'] }],
    ['leaves no score above 100', 95, verdict(100, 0.9), { score: 100, limits: [] }],
    ['never raises the confidence', 10, verdict(10, 1), { score: 10, confidence: 0.9, limits: ['confidence'] }],
    ['never makes the agent unavailable', 10, verdict(10, 0), { confidence: 0.2, limits: ['confidence'] }],
  ])('%s', (_what, score, answered, expected) =>
    expect(refined({ score, confidence: 0.9 }, answered)).toMatchObject(expected),
  );

  it('for any verdict the score stays close and in bounds, the confidence does not rise, and the signal follows the score', () => {
    const holds = fc.property(anyAnalysis, anyVerdict, (rules, answered) => {
      const { score, signal, confidence } = refined(rules, answered);
      expect(Math.abs(score - rules.score)).toBeLessThanOrEqual(15 + 1e-9);
      expect(Math.abs(score)).toBeLessThanOrEqual(100);
      expect(confidence).toBeLessThanOrEqual(rules.confidence);
      expect(confidence).toBeGreaterThanOrEqual(Math.min(0.2, rules.confidence));
      expect(signal).toBe(score > 20 ? 'BULLISH' : score < -20 ? 'BEARISH' : 'NEUTRAL');
    });
    fc.assert(holds, { seed: 7, numRuns: 500 });
  });

  it('a higher verdict never gives a lower score', () => {
    const monotone = fc.property(anyAnalysis, anyVerdict, anyVerdict, (rules, one, other) => {
      const [low, high] = one.score < other.score ? [one, other] : [other, one];
      expect(refined(rules, low).score).toBeLessThanOrEqual(refined(rules, high).score);
    });
    fc.assert(monotone, { seed: 7, numRuns: 500 });
  });
});
