import { useQuery } from '@tanstack/react-query';
import { answer, client } from '@/api/client';

/** The tenants; refused to whom they are none of their business. */
export function useTenants() {
  return useQuery({ queryKey: ['tenants'], queryFn: ({ signal }) => answer(client.GET('/api/v1/tenants', { signal })) });
}
