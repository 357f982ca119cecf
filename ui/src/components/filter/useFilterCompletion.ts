import type { Completion, CompletionContext, CompletionResult, CompletionSource } from '@codemirror/autocomplete';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { answer, client } from '@/api/client';
import { useTimeRange } from '@/components/time/useTimeRange';
import { formatCount } from '@/lib/format';
import { literal, placeOf } from './language';

type Signal = 'traces' | 'logs' | 'metrics';

const suggestionsMax = 50;
const freshMillis = 60_000;

/** Fields, operators and values for the filter box, from what the server has in the page's time range. */
export function useFilterCompletion(signal: Signal): CompletionSource {
  const { range } = useTimeRange();
  const queryClient = useQueryClient();
  return useCallback(
    async (context: CompletionContext): Promise<CompletionResult | null> => {
      const before = context.state.sliceDoc(0, context.pos);
      const place = placeOf(before);
      if (!place) return null;
      const fields = (prefix: string) =>
        queryClient.fetchQuery({
          queryKey: ['fields', signal, range, prefix],
          queryFn: ({ signal: stop }) => answer(client.GET('/api/v1/fields', { params: { query: { signal, prefix: prefix || undefined, limit: suggestionsMax } }, signal: stop })),
          staleTime: freshMillis,
        });
      switch (place.kind) {
        case 'field': {
          const { fields: found } = await fields(place.text);
          const options = found.map<Completion>((field) => ({
            label: field.name,
            apply: `${field.name} `,
            detail: [field.scope, field.types[0], field.count === undefined ? undefined : formatCount(field.count)].filter(Boolean).join(' · '),
            boost: field.kind === 'intrinsic' ? 1 : 0,
          }));
          return { from: place.from, options: [...options, { label: 'not', apply: 'not ', detail: 'negation', boost: -50 }], filter: false };
        }
        case 'operator': {
          const { fields: found } = await fields(place.field);
          const known = found.find((field) => field.name === place.field);
          const operators = known?.operators.length ? known.operators : ['=', '!=', '>', '<', '~', 'contains', 'in', 'exists'];
          const options = operators
            .map((operator) => operator.replaceAll('_', operator === 'starts_with' ? '_' : ' '))
            .filter((operator) => operator.startsWith(place.text))
            .map<Completion>((operator) => ({ label: operator, apply: operator === 'in' || operator === 'not in' ? `${operator} (` : `${operator} ` }));
          return { from: place.from, options, filter: false };
        }
        case 'value': {
          const prefix = place.text.replace(/^"/, '').replace(/\\(.)/g, '$1');
          const { values } = await queryClient.fetchQuery({
            queryKey: ['field-values', signal, range, place.field, prefix],
            queryFn: ({ signal: stop }) =>
              answer(client.GET('/api/v1/fields/values', { params: { query: { ...range, signal, field: place.field, prefix: prefix || undefined, limit: suggestionsMax } }, signal: stop })),
            staleTime: freshMillis,
          });
          const options = values.map<Completion>(({ value, count }) => ({
            label: String(value),
            apply: `${literal(value)} `,
            detail: count === undefined ? undefined : formatCount(count),
          }));
          // The closing quote the editor wrote by itself is replaced, too.
          const closing = place.text.startsWith('"') && context.state.sliceDoc(context.pos, context.pos + 1) === '"';
          return { from: place.from, to: closing ? context.pos + 1 : context.pos, options, filter: false };
        }
        case 'join':
          return { from: place.from, options: ['and', 'or'].filter((word) => word.startsWith(place.text)).map((word) => ({ label: word, apply: `${word} ` })), filter: false };
      }
    },
    [queryClient, range, signal],
  );
}
