import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { usePagePreference } from '@/lib/preferences';
import type { TimeView } from './timeScale';
import { type TraceRows, useTraceRows } from './useTraceRows';

const route = getRouteApi('/traces/$traceId');

export interface TimelineState {
  traceId: string;
  rows: TraceRows;
  collapsed: ReadonlySet<string>;
  toggle: (spanId: string) => void;
  expandAll: () => void;
  find: string | undefined;
  /** Null: the whole trace. */
  view: TimeView | null;
  setView: (view: TimeView | null) => void;
  withCriticalPath: boolean;
  setCriticalPath: (on: boolean) => void;
}

const none: ReadonlySet<string> = new Set();

/** What a timeline shows besides its spans; a trace opened anew begins anew. */
export function useTimelineState(traceId: string): TimelineState {
  const { find } = route.useSearch();
  const [own, setOwn] = useState({ traceId, collapsed: none, view: null as TimeView | null });
  const current = own.traceId === traceId ? own : { traceId, collapsed: none, view: null };
  const [withCriticalPath, setCriticalPath] = usePagePreference('trace.criticalPath', true);
  const { collapsed, view } = current;
  const rows = useTraceRows(traceId, { collapsed, find });
  return {
    traceId,
    rows,
    collapsed,
    toggle: (spanId) => {
      const next = new Set(collapsed);
      if (!next.delete(spanId)) next.add(spanId);
      setOwn({ ...current, collapsed: next });
    },
    expandAll: () => setOwn({ ...current, collapsed: none }),
    find,
    view,
    setView: (next) => setOwn({ ...current, view: next }),
    withCriticalPath,
    setCriticalPath,
  };
}
