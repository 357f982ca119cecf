import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '@/app/rootRoute';

/** What the page's URL says beside the shared range. */
export interface TracesSearch {
  q?: string;
  sort?: string;
}

export const tracesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/traces',
  validateSearch: (search: Record<string, unknown>): TracesSearch => ({
    q: typeof search.q === 'string' && search.q ? search.q : undefined,
    sort: typeof search.sort === 'string' ? search.sort : undefined,
  }),
  component: lazyRouteComponent(() => import('./TracesPage')),
});
