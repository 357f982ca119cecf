export function parseMetricsSearch(search: Record<string, unknown>): Record<string, unknown> {
  return search;
}
