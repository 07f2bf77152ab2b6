import { describe, expect, it } from '@jest/globals';
import { toExecutionView } from './execution.dto.js';
import type { ExecutionRow } from './execution.store.js';

const failed: ExecutionRow = {
  id: '0199b2b4-5a3c-7f6e-9d57-0a4b6a1d1f10',
  run_id: '0199b2b4-5a3c-7f6e-9d57-0a4b6a1d1f11',
  status: 'failed',
  conviction_score: null,
  signal: null,
  signal_strength: null,
  position_size: null,
  risk_level: null,
  should_execute: false,
  reasons: [],
  distance_to_buy: null,
  distance_to_sell: null,
  params_version: 2,
  error: { code: 'invalid_params', message: 'buy_threshold 55 is below partial_sell_threshold 60' },
  executed_at: new Date('2026-01-01T00:00:00Z'),
};

describe('an execution that failed', () => {
  it('tells those who see the params what was wrong with them', () => {
    expect(toExecutionView(failed, 'params').error).toEqual(failed.error);
    expect(toExecutionView(failed, 'full')).toMatchObject({ params_version: 2, error: failed.error });
  });

  it('tells everybody else no more than the code', () => {
    const view = toExecutionView(failed, 'public');
    expect(view.error).toEqual({ code: 'invalid_params', message: 'This decision failed.' });
    expect(JSON.stringify(view)).not.toContain('threshold');
  });
});
