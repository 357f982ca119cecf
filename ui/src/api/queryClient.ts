import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './client';

const retriesMax = 2;
export const healthKey = ['health'];

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // What was asked stays until somebody refreshes or the search changes: charts do not move by themselves.
      staleTime: Infinity,
      gcTime: 60_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) => {
        const isTransient = error instanceof ApiError && error.isTransient;
        // Whoever meets a server that is away has it looked after at once, instead of at the next turn.
        if (isTransient && failures === 0) void queryClient.invalidateQueries({ queryKey: healthKey });
        return failures < retriesMax && isTransient;
      },
      retryDelay: (attempt) => Math.min(1000 * 2 ** attempt, 8000),
    },
  },
});
