import { describe, expect, it } from '@jest/globals';
import { MalformedRequest } from './problems/app-errors.js';
import { parseSort } from './paging.js';

const ALLOWED = { created_at: 'p.created_at', total_pnl_percent: 'return' };

describe('sort', () => {
  it('turns a field of the allow-list into its column', () => {
    expect(parseSort('created_at', ALLOWED, '-created_at')).toEqual({ column: 'p.created_at', direction: 'ASC' });
    expect(parseSort('-total_pnl_percent', ALLOWED, 'created_at')).toEqual({ column: 'return', direction: 'DESC' });
    expect(parseSort(undefined, ALLOWED, '-created_at')).toEqual({ column: 'p.created_at', direction: 'DESC' });
  });

  it.each(['p.created_at', '--created_at', '__proto__', 'constructor', 'toString', '-', 'created_at ASC'])(
    'refuses %j',
    (sort) => expect(() => parseSort(sort, ALLOWED, 'created_at')).toThrow(MalformedRequest),
  );
});
