import { keepPreviousData, queryOptions, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { answered, api, type Schemas } from './client.js';
import type { paths } from './schema.js';

type QueryOf<Path extends keyof paths> = paths[Path] extends { get: { parameters: { query?: infer Query } } }
  ? Query
  : never;
export type StrategiesQuery = NonNullable<QueryOf<'/api/v1/strategies'>>;

const SELDOM = { staleTime: 60_000, refetchInterval: false } as const;
/** Curves are large answers. */
const CURVES_MS = 25_000;
const MOST = 200;

export const profileQuery = queryOptions({
  queryKey: ['profile'],
  queryFn: () => answered(api.GET('/api/v1/auth/me')),
  ...SELDOM,
});

export function useProfile() {
  return useQuery(profileQuery);
}

export function useStrategies(query: StrategiesQuery) {
  return useQuery({
    queryKey: ['strategies', query],
    queryFn: () => answered(api.GET('/api/v1/strategies', { params: { query } })),
    placeholderData: keepPreviousData,
  });
}

export function useStrategy(id: string) {
  return useQuery({
    queryKey: ['strategy', id],
    queryFn: () => answered(api.GET('/api/v1/strategies/{id}', { params: { path: { id } } })),
  });
}

export function useDefinitions({ inactive = false, enabled = true } = {}) {
  return useQuery({
    queryKey: ['definitions', inactive],
    queryFn: () =>
      answered(
        api.GET('/api/v1/strategy-definitions', {
          params: { query: { limit: MOST, ...(inactive ? { include_inactive: true } : {}) } },
        }),
      ),
    enabled,
    ...SELDOM,
  });
}

export function useDecisionAgents({ enabled = true } = {}) {
  return useQuery({
    queryKey: ['decision-agents'],
    queryFn: () => answered(api.GET('/api/v1/decision-agents', { params: { query: { limit: MOST } } })),
    enabled,
    ...SELDOM,
  });
}

/** Finished runs of a definition, newest first. */
export function useRuns(definitionId: number, limit: number) {
  return useQuery({
    queryKey: ['runs', definitionId, limit],
    queryFn: () =>
      answered(
        api.GET('/api/v1/strategy-definitions/{id}/runs', {
          params: { path: { id: definitionId }, query: { limit } },
        }),
      ),
  });
}

/** Convictions of a definition's runs by its default params, newest first. */
export function useConvictions(definitionId: number, limit: number) {
  return useQuery({
    queryKey: ['convictions', definitionId, limit],
    queryFn: () =>
      answered(
        api.GET('/api/v1/strategy-definitions/{id}/convictions', {
          params: { path: { id: definitionId }, query: { limit } },
        }),
      ),
  });
}

/** The newest trades since a time. */
export function useTradesSince(id: string, from: string | null) {
  return useQuery({
    queryKey: ['trades-since', id, from],
    queryFn: () =>
      answered(
        api.GET('/api/v1/strategies/{id}/trades', {
          params: { path: { id }, query: { limit: MOST, ...(from === null ? {} : { from }) } },
        }),
      ),
    refetchInterval: CURVES_MS,
  });
}

interface CandlesWanted {
  readonly symbol: string;
  readonly channel: string;
  /** Null: disabled. */
  readonly interval: '15m' | '1h' | null;
  readonly from: string | null;
}

const MOST_CANDLES = 999;

/** Candles since a time, oldest first. */
export function useCandles({ symbol, channel, interval, from }: CandlesWanted) {
  return useQuery({
    queryKey: ['candles', symbol, channel, interval, from],
    queryFn: () => {
      const query = { symbol, channel, interval: interval ?? '1h', limit: MOST_CANDLES } as const;
      return answered(
        api.GET('/api/v1/market/candles', { params: { query: from === null ? query : { ...query, from } } }),
      );
    },
    enabled: interval !== null,
    refetchInterval: CURVES_MS,
  });
}

/** Points of the value since a time, oldest first; at most about two thousand. */
export function useSnapshots(id: string, from: string | null) {
  return useQuery({
    queryKey: ['snapshots', id, from],
    queryFn: () => readSnapshots(id, from),
    placeholderData: keepPreviousData,
    refetchInterval: CURVES_MS,
  });
}

const MOST_PAGES = 10;

async function readSnapshots(id: string, from: string | null): Promise<Schemas['SnapshotView'][]> {
  const found: Schemas['SnapshotView'][] = [];
  let cursor: string | null = null;
  for (let page = 0; page < MOST_PAGES; page++) {
    const query = { limit: MOST, ...(from === null ? {} : { from }), ...(cursor === null ? {} : { cursor }) };
    const answer: { items: Schemas['SnapshotView'][]; next_cursor: string | null } = await answered(
      api.GET('/api/v1/strategies/{id}/snapshots', { params: { path: { id }, query } }),
    );
    found.push(...answer.items);
    cursor = answer.next_cursor;
    if (cursor === null) break;
  }
  return found.reverse();
}

/** Statistics read the whole history, so they are refetched as rarely as curves. */
export function usePerformance(id: string) {
  return useQuery({
    queryKey: ['performance', id],
    queryFn: () => answered(api.GET('/api/v1/strategies/{id}/performance', { params: { path: { id } } })),
    refetchInterval: CURVES_MS,
  });
}

interface CursorPage<T> {
  readonly items: readonly T[];
  readonly next_cursor: string | null;
}

export function useHistory<T>(key: readonly unknown[], read: (cursor: { cursor?: string }) => Promise<CursorPage<T>>) {
  return useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => read(pageParam === null ? {} : { cursor: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });
}

export function useExecution(id: string, executionId: string) {
  return useQuery({
    queryKey: ['execution', id, executionId],
    queryFn: () =>
      answered(api.GET('/api/v1/strategies/{id}/executions/{executionId}', { params: { path: { id, executionId } } })),
    ...SELDOM,
  });
}

export function useUsers(query: NonNullable<QueryOf<'/api/v1/admin/users'>>, enabled = true) {
  return useQuery({
    queryKey: ['users', query],
    queryFn: () => answered(api.GET('/api/v1/admin/users', { params: { query } })),
    placeholderData: keepPreviousData,
    enabled,
  });
}
