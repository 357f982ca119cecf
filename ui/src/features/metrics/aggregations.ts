import type { Schema } from '@/api/client';

export type MetricInfo = Schema<'MetricInfo'>;
export type Aggregation = Schema<'MetricQuery'>['aggregation'];

/** What is made of a metric's points, as the page offers it: quantiles each have a name of their own. */
export type Reading = Exclude<Aggregation, 'quantile'> | 'p50' | 'p90' | 'p95' | 'p99';

export const readingLabels: Record<Reading, string> = {
  rate: 'Rate per second',
  increase: 'Increase',
  avg: 'Average',
  sum: 'Sum',
  min: 'Minimum',
  max: 'Maximum',
  last: 'Last value',
  count: 'Count',
  delta: 'Change',
  deriv: 'Slope per second',
  stddev: 'Standard deviation',
  p50: 'Median',
  p90: '90th percentile',
  p95: '95th percentile',
  p99: '99th percentile',
};

export const readings = Object.keys(readingLabels) as Reading[];

type Kind = Pick<MetricInfo, 'type' | 'isMonotonic'>;

/** What can be made of a metric of this kind, the most telling first. */
export function readingsOf({ type, isMonotonic }: Kind): readonly Reading[] {
  switch (type) {
    case 'histogram':
    case 'exponentialHistogram':
      return ['p95', 'p50', 'p90', 'p99', 'avg', 'rate', 'increase', 'min', 'max', 'sum', 'count'];
    case 'summary':
      return ['avg', 'p50', 'p90', 'p95', 'p99', 'rate', 'increase', 'sum', 'count'];
    case 'sum':
      if (isMonotonic) return ['rate', 'increase', 'sum', 'avg', 'min', 'max', 'last', 'count'];
      return ['avg', 'sum', 'min', 'max', 'last', 'delta', 'deriv', 'stddev', 'count'];
    case 'gauge':
      return ['avg', 'min', 'max', 'sum', 'last', 'delta', 'deriv', 'stddev', 'count'];
  }
}

export function defaultReading(kind: Kind): Reading {
  return readingsOf(kind)[0]!;
}

/** How the API is asked for it. */
export function aggregationOf(reading: Reading): { aggregation: Aggregation; quantile?: number } {
  const match = /^p(\d\d)$/.exec(reading);
  return match ? { aggregation: 'quantile', quantile: Number(match[1]) / 100 } : { aggregation: reading as Aggregation };
}

export function isDistribution({ type }: Pick<MetricInfo, 'type'>): boolean {
  return type === 'histogram' || type === 'exponentialHistogram';
}

/** `counter`, `up-down counter`: what the protocol says in two fields and people in one. */
export function kindText({ type, isMonotonic }: Kind): string {
  switch (type) {
    case 'sum':
      return isMonotonic ? 'counter' : 'up-down counter';
    case 'exponentialHistogram':
      return 'exp. histogram';
    default:
      return type;
  }
}
