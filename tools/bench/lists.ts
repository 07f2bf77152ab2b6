import type { ListRequest } from './load/open-loop.js';

const API = '/api/v1';

export type Role = 'trader' | 'admin';
export type History = 'executions' | 'trades';

/** What the requests are about: taken from the filled database through the interface. */
export interface Targets {
  /** Instances to ask for, in no order. */
  readonly instances: readonly string[];
  /** For each history, instances with a cursor into the middle of it. */
  readonly cursors: Readonly<Record<History, readonly { readonly instance: string; readonly cursor: string }[]>>;
  readonly userId: string;
}

/** One of the lists, and the different ways in which it is asked. */
export interface BenchList {
  readonly name: string;
  requests(targets: Targets, role: Role): readonly ((index: number) => ListRequest)[];
}

/** Filters and sorts of `GET /strategies`: broad and narrow, near and far, found and not found. */
export const STRATEGY_QUERIES: readonly Readonly<Record<string, string>>[] = [
  {},
  { sort: 'created_at', offset: '5000' },
  { sort: '-total_pnl_percent' },
  { sort: 'total_pnl_percent', status: 'active' },
  { sort: '-total_value', limit: '200' },
  { sort: 'total_value', definition_id: '2' },
  { sort: '-total_pnl_percent', definition_id: '1', status: 'active' },
  { status: 'stopped', sort: '-total_value' },
  { status: 'archived' },
  { trading_mode: 'live' },
  { mine: 'true' },
  { min_total_pnl_percent: '2', sort: '-total_pnl_percent' },
  { q: 'btc' },
  { q: 'dip buyer 1', sort: '-total_pnl_percent' },
  { q: 'nobody calls it so' },
];

/** Filters that only an admin may use. */
const ADMIN_QUERIES = (targets: Targets): Readonly<Record<string, string>>[] => [
  { user_id: targets.userId },
  { user_id: targets.userId, sort: '-total_pnl_percent', status: 'active' },
];

/** First pages of histories; pages in the middle come with their cursors. */
export const HISTORY_QUERIES: Readonly<Record<History, readonly Readonly<Record<string, string>>[]>> = {
  executions: [{}, { limit: '10' }, { limit: '200' }, { signal: 'BUY' }],
  trades: [{}, { limit: '10' }, { limit: '200' }, { trade_type: 'SELL' }],
};

const strategies: BenchList = {
  name: 'GET /strategies',
  requests: (targets, role) =>
    [...STRATEGY_QUERIES, ...(role === 'admin' ? ADMIN_QUERIES(targets) : [])].map((query) => {
      const text = new URLSearchParams(query).toString();
      // Ids are left out of the name, so that two runs of the bench can be compared.
      const variant = text.replace(/user_id=[^&]+/, 'user_id=...') || 'default';
      return () => ({ variant, path: `${API}/strategies?${text}` });
    }),
};

function history(kind: History): BenchList {
  const pages = (targets: Targets) => [
    ...HISTORY_QUERIES[kind].map((query) => (index: number) => {
      const text = new URLSearchParams(query).toString();
      const instance = pick(targets.instances, index);
      return { variant: text || 'default', path: `${API}/strategies/${instance}/${kind}?${text}` };
    }),
    (index: number) => {
      const { instance, cursor } = pick(targets.cursors[kind], index);
      return { variant: 'cursor', path: `${API}/strategies/${instance}/${kind}?cursor=${cursor}` };
    },
  ];
  return { name: `GET /strategies/{id}/${kind}`, requests: pages };
}

export const LISTS: readonly BenchList[] = [strategies, history('executions'), history('trades')];

/** Strides through the list, so that neighbours in time are not neighbours in the tables. */
function pick<T>(list: readonly T[], index: number): T {
  return list[(index * 7919) % list.length]!;
}
