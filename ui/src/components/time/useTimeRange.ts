import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { touch, useAsOf } from '@/lib/refresh';
import { defaultRange, type ResolvedRange, resolveRange, type TimeRange } from '@/lib/timeRange';

export interface TimeRangeState {
  /** As the URL says it: what goes into query keys and to the API. */
  range: TimeRange;
  /** Its instants, unix milliseconds, as of the last refresh: what charts take as their axis. */
  resolved: ResolvedRange;
  setRange: (range: TimeRange) => void;
}

/** The range every page shares; it lives in the URL. */
export function useTimeRange(): TimeRangeState {
  const { start, end } = useSearch({ strict: false });
  const asOf = useAsOf();
  const navigate = useNavigate();
  const range = useMemo<TimeRange>(() => ({ start: start ?? defaultRange.start, end }), [start, end]);
  const resolved = useMemo(() => resolveRange(range, asOf), [range, asOf]);
  const setRange = useCallback(
    (next: TimeRange) => {
      touch();
      void navigate({ to: '.', search: (previous) => ({ ...previous, start: next.start, end: next.end }) });
    },
    [navigate],
  );
  return { range, resolved, setRange };
}
