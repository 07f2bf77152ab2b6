import { describe, expect, it } from '@jest/globals';
import { partsOf } from './broken-line.js';

const at = (minute: number, value: number | null) => ({ at: `2026-01-15T12:0${minute}:00.000Z`, value });

describe('a line with gaps', () => {
  it('is split at the gaps', () => {
    expect(partsOf([at(0, null), at(1, 50), at(2, 0), at(3, null), at(4, 70), at(5, null), at(6, null)])).toEqual([
      [at(1, 50), at(2, 0)],
      [at(4, 70)],
    ]);
    expect(partsOf([at(0, null)])).toEqual([]);
    expect(partsOf([])).toEqual([]);
  });
});
