import type { StrategiesQuery } from '../../api/queries.js';

export type View = 'cards' | 'table';

/** State of the list in the address, so that links show the same list. */
export interface ListAddress {
  readonly view: View;
  readonly page: number;
  readonly query: StrategiesQuery;
}

const PAGE_SIZE: Readonly<Record<View, number>> = { cards: 24, table: 50 };
/** Sort fields; a minus sorts descending. */
export const SORTS = [
  '-created_at',
  'created_at',
  '-total_pnl_percent',
  'total_pnl_percent',
  '-total_value',
  'total_value',
];
const STATUSES = ['active', 'stopped', 'archived'] as const;
const MODES = ['paper', 'live'] as const;
const DEFAULT_SORT = '-created_at';

/** Ignores unknown values in the address. */
export function readAddress(search: URLSearchParams): ListAddress {
  const view = search.get('view') === 'table' ? 'table' : 'cards';
  const page = wholeNumber(search.get('page')) ?? 1;
  const definition = wholeNumber(search.get('template'));
  const status = STATUSES.find((one) => one === search.get('state'));
  const mode = MODES.find((one) => one === search.get('mode'));
  const user = search.get('user');
  const text = search.get('q');
  return {
    view,
    page,
    query: {
      limit: PAGE_SIZE[view],
      offset: (page - 1) * PAGE_SIZE[view],
      sort: SORTS.find((one) => one === search.get('sort')) ?? DEFAULT_SORT,
      ...(definition ? { definition_id: definition } : {}),
      ...(status ? { status } : {}),
      ...(mode ? { trading_mode: mode } : {}),
      ...(user ? { user_id: user } : {}),
      ...(search.get('mine') === 'true' ? { mine: true } : {}),
      ...(text ? { q: text } : {}),
    },
  };
}

/** The address after a change. Empty values are removed; the page is reset unless it is what changes. */
export function changedAddress(
  search: URLSearchParams,
  change: Readonly<Record<string, string | undefined>>,
): URLSearchParams {
  const next = new URLSearchParams(search);
  if (!('page' in change)) next.delete('page');
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined || value === '' || (name === 'page' && value === '1')) next.delete(name);
    else next.set(name, value);
  }
  return next;
}

function wholeNumber(text: string | null): number | null {
  return text !== null && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null;
}
