import { useSyncExternalStore } from 'react';
import { queryClient } from '@/api/queryClient';

/** The instant the page was last asked for: relative ranges on it end here, so that its charts share one axis. */
let asOf = Date.now();
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Asks again for everything that is on the screen. */
export function refresh() {
  asOf = Date.now();
  listeners.forEach((listener) => listener());
  void queryClient.invalidateQueries({ type: 'active', predicate: (query) => query.meta?.background !== true && query.meta?.constant !== true });
}

/** Moves the instant without asking again: for a change of range, which asks by itself. */
export function touch() {
  asOf = Date.now();
  listeners.forEach((listener) => listener());
}

export function useAsOf(): number {
  return useSyncExternalStore(subscribe, () => asOf);
}
