import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { answer, client, type Schema } from '@/api/client';

export type TraceRow = Schema<'TraceRow'>;
export type TraceHead = Schema<'TraceRows'>;

const windowRows = 500;
const gcMillis = 30_000;

export interface TraceRows {
  /** What is true of the whole trace; undefined until the first window is here. */
  head: TraceHead | undefined;
  getRow: (index: number) => TraceRow | undefined;
  onVisibleRange: (first: number, last: number) => void;
  error: unknown;
  retry: () => void;
  isFetching: boolean;
}

interface RowsSearch {
  collapsed: ReadonlySet<string>;
  find: string | undefined;
}

function fetchRows(traceId: string, { collapsed, find }: RowsSearch, window: { offset?: number; around?: string; limit: number; minimap?: boolean }, signal: AbortSignal) {
  return answer(
    client.POST('/api/v1/traces/{traceId}/rows', {
      params: { path: { traceId } },
      body: { ...window, collapsed: [...collapsed], q: find },
      signal,
    }),
  );
}

/** The rows of a trace as the server lays them out, of which the windows near the screen are in memory. */
export function useTraceRows(traceId: string, search: RowsSearch): TraceRows {
  const { collapsed, find } = search;
  const [visible, setVisible] = useState({ first: 0, last: 0 });
  const key = useMemo(() => ['trace-rows', traceId, [...collapsed].sort().join(), find ?? ''], [traceId, collapsed, find]);
  const first = useQuery({
    queryKey: [...key, 0],
    queryFn: ({ signal }) => fetchRows(traceId, search, { offset: 0, limit: windowRows, minimap: true }, signal),
    placeholderData: keepPreviousData,
  });
  const head = first.data;
  const lastWindow = Math.max(0, Math.ceil((head?.rowCount ?? 0) / windowRows) - 1);
  const from = Math.min(lastWindow, Math.floor(Math.max(0, visible.first - windowRows / 4) / windowRows));
  const to = Math.min(lastWindow, Math.floor((visible.last + windowRows / 4) / windowRows));
  const wanted = Array.from({ length: to - from + 1 }, (_, index) => from + index).filter((window) => window > 0);
  const windows = useQueries({
    queries: wanted.map((window) => ({
      queryKey: [...key, window],
      queryFn: ({ signal }: { signal: AbortSignal }) => fetchRows(traceId, search, { offset: window * windowRows, limit: windowRows }, signal),
      gcTime: gcMillis,
      placeholderData: keepPreviousData as <T>(previous: T | undefined) => T | undefined,
    })),
  });
  const getRow = useCallback(
    (index: number) => {
      const window = Math.floor(index / windowRows);
      const data = window === 0 ? head : windows[wanted.indexOf(window)]?.data;
      // What is shown meanwhile belongs to another window.
      return data && data.offset === window * windowRows ? data.rows[index - data.offset] : undefined;
    },
    [head, windows, wanted],
  );
  const onVisibleRange = useCallback((start: number, end: number) => setVisible((previous) => (previous.first === start && previous.last === end ? previous : { first: start, last: end })), []);
  const failed = first.error ?? windows.find((window) => window.error)?.error;
  return {
    head,
    getRow,
    onVisibleRange,
    error: failed,
    retry: () => void [first, ...windows].forEach((query) => query.error && void query.refetch()),
    isFetching: first.isFetching || windows.some((window) => window.isFetching),
  };
}

/** At which row a span stands, for a link that leads to it. */
export function useRowOf(traceId: string, span: string | undefined, collapsed: ReadonlySet<string>): number | undefined {
  const { data } = useQuery({
    queryKey: ['trace-row-of', traceId, span, [...collapsed].sort().join()],
    queryFn: async ({ signal }) => {
      const window = await fetchRows(traceId, { collapsed, find: undefined }, { around: span, limit: 1 }, signal);
      return window.rows[0]?.spanId === span ? window.offset : -1;
    },
    enabled: span !== undefined,
    meta: { constant: true },
  });
  return data === undefined || data < 0 ? undefined : data;
}
