import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './problem.js';
import { onSessionChange } from './session.js';
import { pollMs } from './stream/live-queries.js';

const TRIES = 2;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      refetchInterval: pollMs,
      // Retry transient failures only.
      retry: (count, error) => error instanceof ApiProblem && error.passing && count < TRIES,
      retryDelay: 1_000,
    },
  },
});

// The next user must not see cached answers of this one.
onSessionChange(() => queryClient.clear());
