import { describe, expect, it } from '@jest/globals';
import { reasonValues } from './reason-values.js';

const asItIs = (name: string): string => name;
const NAMES = { agentName: asItIs, inputName: asItIs, sideName: asItIs, signalName: asItIs, separator: ', ' };

describe('the values of a reason', () => {
  it('have the unit of their input', () => {
    const risk = { code: 'risk_factor', value: 6.6221, limit: 5, factor: 0.9 };
    expect(reasonValues({ ...risk, input: 'change_24h_percent' }, NAMES)).toMatchObject({
      value: '6.62 %',
      limit: '5 %',
      factor: '0.9',
    });
    expect(reasonValues({ ...risk, input: 'fear_greed' }, NAMES)).toMatchObject({ value: '6.62', limit: '5' });
  });

  it('tell the side of the limit', () => {
    const contextOf = (reason: object) => reasonValues({ code: 'circuit_breaker', ...reason }, NAMES)['context'];
    const mood = { input: 'fear_greed', limit: 50 };
    expect(contextOf({ ...mood, value: 43, blocked: 'BUY' })).toBe('below');
    expect(contextOf({ ...mood, value: 43, blocked: null })).toBe('below_idle');
    expect(contextOf({ ...mood, value: 61, blocked: 'BUY' })).toBe('above');
    // The limit of a change counts in both directions.
    expect(contextOf({ input: 'change_24h_percent', limit: 10, value: -12, blocked: 'BUY' })).toBe('beyond');
    expect(contextOf({ value: 43, limit: 50 })).toBeUndefined();
  });

  it('have two places if they are prices or amounts of money', () => {
    const plan = { code: 'entry_plan', risk: '176.82204257', stop_loss: '75196.70633425', quantity: '0.05123456' };
    expect(reasonValues(plan, NAMES)).toEqual({ risk: '176.82', stop_loss: '75,196.71', quantity: '0.05123456' });
  });

  it('are percentages if they are fractions', () => {
    expect(reasonValues({ code: 'buy_signal', conviction: 55.446, size: 0.002 }, NAMES)).toEqual({
      conviction: '55.45',
      size: '0.20 %',
    });
  });
});
