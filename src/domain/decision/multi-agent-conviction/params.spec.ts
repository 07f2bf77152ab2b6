import { describe, expect, it } from '@jest/globals';
import { validateParams } from '../../params/validate-params.js';
import { convictionParamsSchema, DEFAULT_CONVICTION_PARAMS } from './params.js';

const AGENTS = ['macro', 'onchain', 'ta'];

function violations(given: Record<string, unknown>, agents = AGENTS) {
  const checked = validateParams(convictionParamsSchema(agents), { ...DEFAULT_CONVICTION_PARAMS, ...given });
  return checked.violations.map(({ pointer, code }) => `${pointer} ${code}`).sort();
}

describe('the params of MultiAgentConvictionDecision', () => {
  it('are valid in the template', () => {
    expect(violations({})).toEqual([]);
  });

  it.each([
    ['buy_threshold', 100.1, '/buy_threshold out_of_range'],
    ['full_sell_threshold', -1, '/full_sell_threshold out_of_range'],
    ['fg_circuit_breaker_threshold', 101, '/fg_circuit_breaker_threshold out_of_range'],
    ['fg_position_adjust_threshold', -0.1, '/fg_position_adjust_threshold out_of_range'],
    ['consecutive_signal_threshold', 0, '/consecutive_signal_threshold out_of_range'],
    ['consecutive_signal_threshold', 1001, '/consecutive_signal_threshold out_of_range'],
    ['consecutive_signal_threshold', 1.5, '/consecutive_signal_threshold wrong_type'],
    ['acceleration_multiplier_min', 0.99, '/acceleration_multiplier_min out_of_range'],
    ['acceleration_multiplier_max', 5.01, '/acceleration_multiplier_max out_of_range'],
    ['max_position_size', 0, '/max_position_size out_of_range'],
    ['max_position_size', 1.01, '/max_position_size out_of_range'],
    ['circuit_breaker_blocks_exits', 'true', '/circuit_breaker_blocks_exits wrong_type'],
    ['max_position_size', Number.NaN, '/max_position_size not_finite'],
    ['max_position_size', undefined, '/max_position_size required'],
    ['consecutive_bullish_count', 5, '/consecutive_bullish_count unknown_param'],
  ])('%s %s: %s', (name, value, violation) => {
    expect(violations({ [name]: value })).toEqual([violation]);
  });

  it.each([
    [{ full_sell_threshold: 0, partial_sell_threshold: 100, buy_threshold: 100 }],
    [{ consecutive_signal_threshold: 1 }],
    [{ consecutive_signal_threshold: 1000 }],
    [{ acceleration_multiplier_min: 1, acceleration_multiplier_max: 1 }],
    [{ acceleration_multiplier_min: 5, acceleration_multiplier_max: 5 }],
    [{ max_position_size: 1 }],
    [{ agent_weights: { macro: 0, onchain: 0, ta: 1 } }],
    [{ agent_weights: { macro: 0.2, onchain: 0.2, ta: 0.61 } }],
    [{ agent_weights: { macro: 0.33, onchain: 0.33, ta: 0.33 } }],
  ])('%j is valid', (given) => expect(violations(given)).toEqual([]));

  it.each([
    [{ full_sell_threshold: 50 }, ['/full_sell_threshold threshold_order']],
    [{ partial_sell_threshold: 55.1 }, ['/partial_sell_threshold threshold_order']],
    [{ acceleration_multiplier_min: 2.1 }, ['/acceleration_multiplier_min multiplier_order']],
    [{ agent_weights: { macro: 0.4, onchain: 0.4, ta: 0.22 } }, ['/agent_weights weights_sum']],
    [{ agent_weights: { macro: 0.4, onchain: 0.4, ta: 0.18 } }, ['/agent_weights weights_sum']],
  ])('%j: %j', (given, expected) => expect(violations(given)).toEqual(expected));

  it("have a weight for exactly the definition's business agents", () => {
    expect(violations({}, ['macro', 'sentiment'])).toEqual([
      '/agent_weights/onchain unknown_param',
      '/agent_weights/sentiment required',
      '/agent_weights/ta unknown_param',
    ]);
    expect(violations({ agent_weights: { solo: 1 } }, ['solo'])).toEqual([]);
    expect(violations({ agent_weights: { macro: -0.1, onchain: 1.1, ta: 0 } })).toEqual([
      '/agent_weights/macro out_of_range',
      '/agent_weights/onchain out_of_range',
    ]);
  });

  it('get every violation at once, including rules across fields', () => {
    const given = {
      agent_weights: { macro: 0.5, onchain: 0.5, ta: 0.5, guess: 1 },
      buy_threshold: 40,
      partial_sell_threshold: 50,
      full_sell_threshold: 50,
      fg_circuit_breaker_threshold: 'low',
      acceleration_multiplier_min: 3,
      max_position_size: 2,
      nonsense: true,
    };
    expect(violations(given)).toEqual([
      '/acceleration_multiplier_min multiplier_order',
      '/agent_weights weights_sum',
      '/agent_weights/guess unknown_param',
      '/fg_circuit_breaker_threshold wrong_type',
      '/full_sell_threshold threshold_order',
      '/max_position_size out_of_range',
      '/nonsense unknown_param',
      '/partial_sell_threshold threshold_order',
    ]);
  });
});
