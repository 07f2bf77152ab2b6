import { describe, expect, it } from '@jest/globals';
import { reasonValues } from './reason-values.js';

const asItIs = (name: string): string => name;
const NAMES = { agentName: asItIs, inputName: asItIs, sideName: asItIs, signalName: asItIs };

describe('the numbers of a reason', () => {
  it('have the unit of the value that they are about', () => {
    const risk = { code: 'risk_factor', value: 6.6221, limit: 5, factor: 0.9 };
    expect(reasonValues({ ...risk, input: 'change_24h_percent' }, NAMES)).toMatchObject({
      value: '6.62 %',
      limit: '5 %',
      factor: '0.9',
    });
    expect(reasonValues({ ...risk, input: 'fear_greed' }, NAMES)).toMatchObject({ value: '6.62', limit: '5' });
  });

  it('that are fractions read as percentages', () => {
    expect(reasonValues({ code: 'buy_signal', conviction: 55.446, size: 0.002 }, NAMES)).toEqual({
      conviction: '55.45',
      size: '0.20 %',
    });
  });
});
