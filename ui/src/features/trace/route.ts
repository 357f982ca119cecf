import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '@/app/rootRoute';

export const traceViews = ['timeline', 'flame', 'breakdown', 'logs', 'raw'] as const;
export type TraceView = (typeof traceViews)[number];

export interface TraceSearch {
  /** The span whose details are open. */
  span?: string;
  view?: TraceView;
  /** What is looked for in the trace. */
  find?: string;
}

const spanId = /^[0-9a-f]{16}$/;

export const traceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/traces/$traceId',
  validateSearch: (search: Record<string, unknown>): TraceSearch => ({
    // An id of digits alone is read as a number by the router.
    span: spanId.test(String(search.span)) ? String(search.span) : undefined,
    view: traceViews.find((view) => view === search.view && view !== 'timeline'),
    find: search.find !== undefined && search.find !== '' ? String(search.find) : undefined,
  }),
  component: lazyRouteComponent(() => import('./TracePage')),
});
