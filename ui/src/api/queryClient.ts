import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './client';

const retriesMax = 2;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // What was asked stays until somebody refreshes or the search changes: charts do not move by themselves.
      staleTime: Infinity,
      gcTime: 60_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) => failures < retriesMax && error instanceof ApiError && error.isTransient,
      retryDelay: (attempt) => Math.min(1000 * 2 ** attempt, 8000),
    },
  },
});
