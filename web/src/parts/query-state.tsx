import type { UseQueryResult } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { ProblemAlert } from './problem-alert.js';

interface Props<T> {
  readonly query: Pick<UseQueryResult<T>, 'data' | 'error' | 'refetch'>;
  readonly children: (data: T) => ReactNode;
}

/** Renders a query: loading, failed or data. Data stays when a refetch fails; the header shows its age. */
export function QueryState<T>({ query: { data, error, refetch }, children }: Props<T>) {
  if (data !== undefined) return children(data);
  if (error) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  return <Skeleton active paragraph={{ rows: 6 }} aria-busy="true" />;
}
