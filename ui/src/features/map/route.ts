import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '@/app/rootRoute';
import { parseMapSearch } from './search';

export const mapRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/map',
  validateSearch: parseMapSearch,
  component: lazyRouteComponent(() => import('./MapPage')),
});
