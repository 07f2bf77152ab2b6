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
      // Only what may pass by itself: a 404 stays one.
      retry: (count, error) => error instanceof ApiProblem && error.passing && count < TRIES,
      retryDelay: 1_000,
    },
  },
});

// What one user has read is nothing for the next.
onSessionChange(() => queryClient.clear());
