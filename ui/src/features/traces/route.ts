import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '@/app/rootRoute';

/** What the page's URL says beside the shared range. */
export interface TracesSearch {
  q?: string;
  sort?: TraceSort;
  chart?: TraceChart;
  /** Of the spans that match: those that are compared with the others. */
  selection?: string;
}

export const traceSorts = ['-start', '-duration', '-spanCount', '-errorCount'] as const;
export type TraceSort = (typeof traceSorts)[number];
export const traceCharts = ['red', 'durations', 'differences'] as const;
export type TraceChart = (typeof traceCharts)[number];

export const tracesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/traces',
  validateSearch: (search: Record<string, unknown>): TracesSearch => ({
    q: typeof search.q === 'string' && search.q ? search.q : undefined,
    sort: traceSorts.find((sort) => sort === search.sort && sort !== '-start'),
    chart: traceCharts.find((chart) => chart === search.chart && chart !== 'red'),
    selection: typeof search.selection === 'string' && search.selection ? search.selection : undefined,
  }),
  component: lazyRouteComponent(() => import('./TracesPage')),
});
