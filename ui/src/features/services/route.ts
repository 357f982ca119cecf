import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '@/app/rootRoute';
import { parseServicesSearch } from './search';

export const servicesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/services',
  validateSearch: parseServicesSearch,
  component: lazyRouteComponent(() => import('./ServicesPage')),
});
