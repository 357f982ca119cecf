import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '@/app/rootRoute';

export interface ComparisonSearch {
  /** The trace compared with. */
  left?: string;
  /** The trace looked at. */
  right?: string;
  /** Only what is not the same in both. */
  changes?: boolean;
}

const traceId = /^[0-9a-f]{32}$/;

function idOf(value: unknown): string | undefined {
  const text = String(value ?? '').trim().toLowerCase();
  return traceId.test(text) ? text : undefined;
}

export const comparisonRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/traces/compare',
  validateSearch: (search: Record<string, unknown>): ComparisonSearch => ({
    left: idOf(search.left),
    right: idOf(search.right),
    changes: search.changes === true || undefined,
  }),
  component: lazyRouteComponent(() => import('./ComparisonPage')),
});
