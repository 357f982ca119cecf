import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '@/app/rootRoute';

export const serviceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/services/$serviceName',
  component: lazyRouteComponent(() => import('./ServicePage')),
});
