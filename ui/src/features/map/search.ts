/** What the page's URL says beside the shared range. */
export interface MapSearch {
  /** Part of a name: what does not have it is dimmed. */
  search?: string;
  /** The node whose details are open. */
  node?: string;
  /** The calls whose details are open: the ids of both ends. */
  calls?: [string, string];
  /** As tables instead of a picture. */
  view?: 'list';
}

export function parseMapSearch(search: Record<string, unknown>): MapSearch {
  const node = typeof search.node === 'string' && search.node ? search.node : undefined;
  const calls = Array.isArray(search.calls) && search.calls.length === 2 && search.calls.every((id) => typeof id === 'string') ? (search.calls as [string, string]) : undefined;
  return {
    search: typeof search.search === 'string' || typeof search.search === 'number' ? String(search.search) || undefined : undefined,
    node,
    calls: node ? undefined : calls,
    view: search.view === 'list' ? 'list' : undefined,
  };
}
