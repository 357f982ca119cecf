import { createRouter } from '@tanstack/react-router';
import { EmptyState, ErrorState, SkeletonLines } from '@/components/states/StateViews';
import { comparisonRoute } from '@/features/comparison/route';
import { logsRoute } from '@/features/logs/route';
import { metricsRoute } from '@/features/metrics/route';
import { overviewRoute } from '@/features/overview/route';
import { traceRoute } from '@/features/trace/route';
import { tracesRoute } from '@/features/traces/route';
import { rootRoute } from './rootRoute';

/** A page joins the application here, and in `navigation.ts`. */
const routeTree = rootRoute.addChildren([overviewRoute, tracesRoute, comparisonRoute, traceRoute, logsRoute, metricsRoute]);

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
