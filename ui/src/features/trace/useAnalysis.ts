import { useQuery } from '@tanstack/react-query';
import { answer, client } from '@/api/client';

export function useAnalysis(traceId: string) {
  return useQuery({
    queryKey: ['trace-analysis', traceId],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/traces/{traceId}/analysis', { params: { path: { traceId } }, signal })),
  });
}
