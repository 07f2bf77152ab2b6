import { describe, expect, it } from '@jest/globals';
import { summaryOf } from '../../tools/bench/plans/plan-summary.js';

describe('plan summary', () => {
  it('names the indexes and the tables that are read whole, each once', () => {
    const index = { 'Node Type': 'Index Scan', 'Index Name': 'ix_a', 'Relation Name': 'a' };
    const summary = summaryOf({
      Plan: {
        'Node Type': 'Limit',
        'Shared Hit Blocks': 7,
        'Shared Read Blocks': 2,
        Plans: [
          { 'Node Type': 'Incremental Sort', Plans: [index, index] },
          { 'Node Type': 'Index Only Scan', 'Index Name': 'pk_b' },
          { 'Node Type': 'Seq Scan', 'Relation Name': 'c', 'Actual Rows': 3, 'Rows Removed by Filter': 97 },
        ],
      },
      'Planning Time': 0.5,
      'Execution Time': 1.5,
    });
    expect(summary).toEqual({
      reads: ['index ix_a', 'index pk_b alone', 'seq scan c (100 rows)'],
      sorts: true,
      planning_ms: 0.5,
      execution_ms: 1.5,
      pages: 9,
    });
  });
});
