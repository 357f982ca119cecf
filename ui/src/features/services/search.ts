import type { Schema } from '@/api/client';

type Service = Schema<'ServiceSummary'>;

/** What the page's URL says beside the shared range. */
export interface ServicesSearch {
  /** Part of the names. */
  search?: string;
  /** A column, with `-` before it for descending. */
  sort?: string;
  /** Up to which duration a request satisfies. */
  apdex?: Threshold;
}

export const thresholds = ['100ms', '250ms', '500ms', '1s', '2s', '5s'] as const;
export type Threshold = (typeof thresholds)[number];
export const thresholdDefault: Threshold = '500ms';
export const sortDefault = '-rate';

const sorts: Record<string, (service: Service) => number | string> = {
  name: (service) => service.name,
  rate: (service) => service.ratePerSecond,
  errors: (service) => service.errorRate,
  p50: (service) => service.durationP50Nanos,
  p95: (service) => service.durationP95Nanos,
  p99: (service) => service.durationP99Nanos,
  // Who has no score comes after those who have one.
  apdex: (service) => service.apdex ?? 2,
};

export function parseServicesSearch(search: Record<string, unknown>): ServicesSearch {
  const sort = typeof search.sort === 'string' && Object.hasOwn(sorts, search.sort.replace(/^-/, '')) ? search.sort : undefined;
  return {
    search: typeof search.search === 'string' || typeof search.search === 'number' ? String(search.search) || undefined : undefined,
    sort: sort === sortDefault ? undefined : sort,
    apdex: thresholds.find((one) => one === search.apdex && one !== thresholdDefault),
  };
}

/** The services whose names contain every word of `text`, in order. */
export function arrange(services: readonly Service[], text: string, sort: string): Service[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const by = sorts[sort.replace(/^-/, '')] ?? sorts.rate!;
  const order = sort.startsWith('-') ? -1 : 1;
  return services
    .filter((service) => words.every((word) => service.name.toLowerCase().includes(word)))
    .sort((a, b) => (by(a) < by(b) ? -order : by(a) > by(b) ? order : a.name.localeCompare(b.name)));
}
