import { describe, expect, it } from '@jest/globals';
import { changedAddress, readAddress } from './list-address.js';

const read = (search: string) => readAddress(new URLSearchParams(search));

describe('the address of the list', () => {
  it('without parameters shows the newest strategies as cards', () => {
    expect(read('')).toEqual({ view: 'cards', page: 1, query: { limit: 24, offset: 0, sort: '-created_at' } });
  });

  it('contains every filter', () => {
    expect(
      read('view=table&page=3&template=2&state=stopped&mode=paper&user=u-1&mine=true&q=btc&sort=-total_value'),
    ).toEqual({
      view: 'table',
      page: 3,
      query: {
        limit: 50,
        offset: 100,
        sort: '-total_value',
        definition_id: 2,
        status: 'stopped',
        trading_mode: 'paper',
        user_id: 'u-1',
        mine: true,
        q: 'btc',
      },
    });
  });

  it.each(['page=0', 'page=x', 'page=1e9', 'template=-1', 'state=gone', 'mode=x', 'sort=password', 'view=x'])(
    'leaves out what it does not know: %s',
    (search) => {
      expect(read(search)).toEqual(read(''));
    },
  );

  it('returns to the first page when a filter changes', () => {
    const search = new URLSearchParams('view=table&page=3&q=btc');
    expect(String(changedAddress(search, { q: 'eth' }))).toBe('view=table&q=eth');
    expect(String(changedAddress(search, { page: '4' }))).toBe('view=table&page=4&q=btc');
    expect(String(changedAddress(search, { page: '1' }))).toBe('view=table&q=btc');
    expect(String(changedAddress(search, { q: undefined }))).toBe('view=table');
  });
});
