import { createRootRoute, retainSearchParams } from '@tanstack/react-router';
import { Shell } from './Shell';

/** What every page's URL may say. */
export interface SharedSearch {
  start?: string;
  end?: string;
  /** Seconds between refreshes by itself. */
  refresh?: number;
}

const text = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : undefined);

export const rootRoute = createRootRoute({
  component: Shell,
  validateSearch: (search: Record<string, unknown>): SharedSearch => ({
    start: text(search.start),
    end: text(search.end),
    refresh: typeof search.refresh === 'number' && search.refresh >= 5 ? search.refresh : undefined,
  }),
  search: { middlewares: [retainSearchParams(['start', 'end', 'refresh'])] },
});
