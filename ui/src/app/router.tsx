import { createRouter } from '@tanstack/react-router';
import { EmptyState, ErrorState, SkeletonLines } from '@/components/states/StateViews';
import { adminRoute } from '@/features/admin/route';
import { comparisonRoute } from '@/features/comparison/route';
import { docsRoute } from '@/features/docs/route';
import { logsRoute } from '@/features/logs/route';
import { mapRoute } from '@/features/map/route';
import { metricsRoute } from '@/features/metrics/route';
import { overviewRoute } from '@/features/overview/route';
import { serviceRoute } from '@/features/service/route';
import { servicesRoute } from '@/features/services/route';
import { traceRoute } from '@/features/trace/route';
import { tracesRoute } from '@/features/traces/route';
import { rootRoute } from './rootRoute';

/** A page joins the application here, and in `navigation.ts`. */
const routeTree = rootRoute.addChildren([
  overviewRoute,
  tracesRoute,
  comparisonRoute,
  traceRoute,
  logsRoute,
  metricsRoute,
  servicesRoute,
  serviceRoute,
  mapRoute,
  adminRoute,
  docsRoute,
]);

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  defaultPendingComponent: () => <SkeletonLines />,
  defaultErrorComponent: ({ error, reset }) => <ErrorState error={error} onRetry={reset} />,
  defaultNotFoundComponent: () => <EmptyState title="There is no such page">Its address may be mistyped, or come from a newer version.</EmptyState>,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
