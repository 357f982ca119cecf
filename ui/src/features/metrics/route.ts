import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '@/app/rootRoute';
import { parseMetricsSearch } from './search';

/** At `/explore`, because `/metrics` is Prometheus'. */
export const metricsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/explore',
  validateSearch: parseMetricsSearch,
  component: lazyRouteComponent(() => import('./MetricsPage')),
});
