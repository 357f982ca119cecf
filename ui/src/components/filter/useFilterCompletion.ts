import type { Completion, CompletionContext, CompletionResult, CompletionSource } from '@codemirror/autocomplete';
import { useCallback } from 'react';
import { formatCount } from '@/lib/format';
import { literal, placeOf } from './language';
import { type Signal, useFilterSuggestions } from './useFilterSuggestions';

/** Fields, operators and values for the filter box, from what the server has in the page's time range. */
export function useFilterCompletion(signal: Signal): CompletionSource {
  const suggestions = useFilterSuggestions(signal);
  return useCallback(
    async (context: CompletionContext): Promise<CompletionResult | null> => {
      const before = context.state.sliceDoc(0, context.pos);
      const place = placeOf(before);
      if (!place) return null;
      switch (place.kind) {
        case 'field': {
          const found = await suggestions.fields(place.text);
          const options = found.map<Completion>((field) => ({
            label: field.name,
            apply: `${field.name} `,
            detail: [field.scope, field.types[0], field.count === undefined ? undefined : formatCount(field.count)].filter(Boolean).join(' · '),
            boost: field.kind === 'intrinsic' ? 1 : 0,
          }));
          return { from: place.from, options: [...options, { label: 'not', apply: 'not ', detail: 'negation', boost: -50 }], filter: false };
        }
        case 'operator': {
          const known = await suggestions.field(place.field);
          const operators = known?.operators.length ? known.operators : ['=', '!=', '>', '<', '~', 'contains', 'in', 'exists'];
          const options = operators
            .map((operator) => operator.replaceAll('_', operator === 'starts_with' ? '_' : ' '))
            .filter((operator) => operator.startsWith(place.text))
            .map<Completion>((operator) => ({ label: operator, apply: operator === 'in' || operator === 'not in' ? `${operator} (` : `${operator} ` }));
          return { from: place.from, options, filter: false };
        }
        case 'value': {
          const prefix = place.text.replace(/^"/, '').replace(/\\(.)/g, '$1');
          const values = await suggestions.values(place.field, prefix);
          const options = values.map<Completion>(({ value, count }) => ({
            label: value,
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
    [suggestions],
  );
}
