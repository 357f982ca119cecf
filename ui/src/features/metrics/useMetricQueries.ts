import { keepPreviousData, useQueries, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import { answer, client, type Schema } from '@/api/client';
import { chartPoints, type ChartSeries } from '@/components/chart/series';
import { useTimeRange } from '@/components/time/useTimeRange';
import { lineText } from '@/lib/attributes';
import { seriesColor, serviceColor } from '@/lib/color';
import { aggregationOf, defaultReading, type MetricInfo, type Reading, readingLabels } from './aggregations';
import { letterOf, type QueryText, topDefault } from './search';

type MetricResult = UseQueryResult<Awaited<ReturnType<typeof ask>>>;

export interface AskedQuery {
  query: QueryText;
  /** Undefined while it is not known, or where the metric has no points in the range. */
  info: MetricInfo | undefined;
  reading: Reading;
  result: MetricResult;
}

const labelMax = 160;

/** The page's queries with their answers, and what their metrics are. */
export function useMetricQueries(queries: readonly QueryText[], step: string | undefined): { asked: AskedQuery[]; infos: UseQueryResult<Map<string, MetricInfo>> } {
  const { range } = useTimeRange();
  const names = [...new Set(queries.map((query) => query.m))].sort();
  const infos = useQuery({
    queryKey: ['metrics', 'infos', range, names],
    queryFn: async ({ signal }) => {
      const { metrics } = await answer(client.GET('/api/v1/metrics', { params: { query: { ...range, name: names } }, signal }));
      return new Map(metrics.map((metric) => [metric.name, metric]));
    },
    enabled: names.length > 0,
    placeholderData: keepPreviousData,
  });
  const results = useQueries({
    queries: queries.map((query) => {
      const reading = readingOf(query, infos.data?.get(query.m));
      const body = {
        metric: query.m,
        ...aggregationOf(reading ?? 'avg'),
        groupBy: query.by,
        q: query.q,
        top: query.by ? (query.top ?? topDefault) : undefined,
        step,
        ...range,
      };
      return {
        queryKey: ['metric', body],
        queryFn: ({ signal }: { signal: AbortSignal }) => ask(body, signal),
        enabled: reading !== undefined,
        placeholderData: keepPreviousData,
      };
    }),
    combine: together,
  });
  const known = infos.data;
  const asked = useMemo(
    () =>
      queries.map((query, index): AskedQuery => {
        const info = known?.get(query.m);
        return { query, info, reading: readingOf(query, info) ?? 'avg', result: results[index]! };
      }),
    [queries, known, results],
  );
  return { asked, infos };
}

function ask(body: Schema<'MetricQuery'>, signal: AbortSignal) {
  return answer(client.POST('/api/v1/metrics/query', { body, signal }));
}

function readingOf(query: QueryText, info: MetricInfo | undefined): Reading | undefined {
  return query.a ?? (info && defaultReading(info));
}

/** The answers as one thing that stays the same while they do: charts are drawn anew when it changes. */
function together(results: MetricResult[]): MetricResult[] {
  return results;
}

/** The answers of several queries in one chart: colours go on from one to the next. */
export function overlaidSeries(asked: readonly AskedQuery[]): ChartSeries[] {
  const all: ChartSeries[] = [];
  asked.forEach((one, index) => {
    const letter = letterOf(index);
    const lines = seriesOf(one.query, one.result.data, letter, all.length);
    all.push(...(one.query.by ? lines : lines.map((line) => ({ ...line, label: `${letter} ${titleOf(one)}` }))));
  });
  return all;
}

export function titleOf({ query, reading }: Pick<AskedQuery, 'query' | 'reading'>): string {
  return `${readingLabels[reading]} of ${query.m}${query.by ? ` by ${query.by.join(', ')}` : ''}`;
}

/** An answer as series of a chart. `first` is the place of its colours where it shares a chart. */
export function seriesOf(query: QueryText, data: MetricResult['data'], prefix = '', first = 0): ChartSeries[] {
  return (data?.series ?? []).map(({ labels, points }, index) => {
    const values = (query.by ?? []).map((name) => labels[name] ?? '');
    const label = values.length ? values.map((value) => lineText(value, labelMax) || '(none)').join(' · ') : query.m;
    const isService = query.by?.length === 1 && query.by[0] === 'service.name' && !prefix;
    return {
      id: `${prefix}${index} ${label}`,
      label: prefix ? `${prefix} ${label}` : label,
      color: isService ? serviceColor(values[0]!) : seriesColor(first + index),
      points: chartPoints(points),
    };
  });
}
