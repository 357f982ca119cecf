import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '@/app/rootRoute';

export const adminTabs = ['storage', 'ingest', 'queries', 'keys', 'tenants', 'audit', 'about'] as const;
export type AdminTab = (typeof adminTabs)[number];

export const adminRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/admin',
  validateSearch: (search: Record<string, unknown>): { tab?: AdminTab } => ({ tab: adminTabs.find((tab) => tab === search.tab) }),
  component: lazyRouteComponent(() => import('./AdminPage')),
});
