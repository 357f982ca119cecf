import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { answer, client, type Schema } from '@/api/client';
import { useTimeRange } from '@/components/time/useTimeRange';

export type Signal = 'traces' | 'logs' | 'metrics';
export type Field = Schema<'Field'>;

export interface FilterSuggestions {
  /** The fields whose names begin so, or have it in them. */
  fields: (prefix: string) => Promise<Field[]>;
  /** What is known of one field, if anything. */
  field: (name: string) => Promise<Field | undefined>;
  values: (field: string, prefix: string) => Promise<{ value: string; count?: number }[]>;
}

const suggestionsMax = 50;
const freshMillis = 60_000;

/** What can stand in a filter, from what the server has in the page's time range. */
export function useFilterSuggestions(signal: Signal): FilterSuggestions {
  const { range } = useTimeRange();
  const queryClient = useQueryClient();
  return useMemo(() => {
    const fields = async (prefix: string) => {
      const found = await queryClient.fetchQuery({
        queryKey: ['fields', signal, range, prefix],
        queryFn: ({ signal: stop }) => answer(client.GET('/api/v1/fields', { params: { query: { ...range, signal, prefix: prefix || undefined, limit: suggestionsMax } }, signal: stop })),
        staleTime: freshMillis,
      });
      return found.fields;
    };
    return {
      fields,
      field: async (name) => (await fields(name)).find((field) => field.name === name),
      values: async (name, prefix) => {
        // Half a name is no field, and would be refused.
        const field = (await fields(name)).some((one) => one.name === name) || name.includes('.') ? name : undefined;
        if (field === undefined) return [];
        const found = await queryClient.fetchQuery({
          queryKey: ['field-values', signal, range, field, prefix],
          queryFn: ({ signal: stop }) =>
            answer(client.GET('/api/v1/fields/values', { params: { query: { ...range, signal, field, prefix: prefix || undefined, limit: suggestionsMax } }, signal: stop })),
          staleTime: freshMillis,
        });
        return found.values.map(({ value, count }) => ({ value: String(value), count }));
      },
    };
  }, [queryClient, range, signal]);
}
