import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { answer, client } from '@/api/client';
import { useTimeRange } from '@/components/time/useTimeRange';
import { nanosToMillis } from '@/lib/format';

/** A measurement of a metric, at its place in a chart. */
export interface Exemplar {
  id: string;
  time: number;
  timeUnixNano: string;
  value: number;
  traceId?: string;
  spanId?: string;
  labels: Record<string, string>;
}

const exemplarsMax = 200;
const none: readonly Exemplar[] = [];

/** Measurements that went into a metric's points, with their traces. */
export function useExemplars(metric: string | undefined, q: string | undefined) {
  const { range } = useTimeRange();
  const found = useQuery({
    queryKey: ['metric', metric, 'exemplars', range, q],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/metrics/{name}/exemplars', { params: { path: { name: metric! }, query: { ...range, q, limit: exemplarsMax } }, signal })),
    enabled: metric !== undefined,
  });
  const exemplars = useMemo<readonly Exemplar[]>(
    () =>
      found.data?.exemplars
        // What is no number has no place in a chart.
        .filter((one): one is typeof one & { value: number } => typeof one.value === 'number')
        .map((one, index) => ({
          id: `${index} ${one.timeUnixNano}`,
          time: nanosToMillis(one.timeUnixNano),
          timeUnixNano: one.timeUnixNano,
          value: one.value,
          traceId: one.traceId,
          spanId: one.spanId,
          labels: one.seriesLabels ?? {},
        })) ?? none,
    [found.data],
  );
  return { exemplars, found };
}
