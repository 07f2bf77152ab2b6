import { describe, expect, it } from '@jest/globals';
import { latencyOf } from '../../tools/bench/load/latency.js';

const outcomes = (count: number, status = 200) =>
  Array.from({ length: count }, (_, index) => ({ variant: 'all', milliseconds: index + 1, status }));

describe('latency', () => {
  it('takes each percentile from what was measured, by nearest rank', () => {
    expect(latencyOf(outcomes(200).reverse())).toEqual({
      requests: 200,
      errors: 0,
      p50_ms: 100,
      p95_ms: 190,
      p99_ms: 198,
      max_ms: 200,
    });
    expect(latencyOf(outcomes(1))).toMatchObject({ p50_ms: 1, p95_ms: 1, max_ms: 1 });
  });

  it('counts every answer but 200 as an error, and keeps its time', () => {
    expect(latencyOf([...outcomes(2), ...outcomes(3, 429)])).toMatchObject({ requests: 5, errors: 3, max_ms: 3 });
  });
});
