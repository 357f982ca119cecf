import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { answer, client } from '@/api/client';
import { useTimeRange } from '@/components/time/useTimeRange';
import { nanosToMillis } from '@/lib/format';
import { resolveRange } from '@/lib/timeRange';

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

const windowCount = 6;
const perWindow = 40;
const none: readonly Exemplar[] = [];

/** Measurements that went into a metric's points, with their traces. */
export function useExemplars(metric: string | undefined, q: string | undefined) {
  const { range } = useTimeRange();
  const found = useQuery({
    queryKey: ['metric', metric, 'exemplars', range, q],
    queryFn: async ({ signal }) => {
      // The newest alone would all lie at the end of the chart: each part of the range is asked for its own.
      const { from, to } = resolveRange(range, Date.now());
      const bounds = Array.from({ length: windowCount + 1 }, (_, index) => String(Math.round(from + ((to - from) * index) / windowCount)));
      const parts = await Promise.all(
        bounds.slice(1).map((end, index) => {
          const query = { start: bounds[index], end, q, limit: perWindow };
          return answer(client.GET('/api/v1/metrics/{name}/exemplars', { params: { path: { name: metric! }, query }, signal }));
        }),
      );
      return parts.reverse().flatMap((part) => part.exemplars);
    },
    enabled: metric !== undefined,
  });
  const exemplars = useMemo<readonly Exemplar[]>(
    () =>
      found.data
        // What is no number has no place in a chart.
        ?.filter((one): one is typeof one & { value: number } => typeof one.value === 'number')
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
