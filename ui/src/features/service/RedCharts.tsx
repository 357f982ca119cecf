import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { answer, client } from '@/api/client';
import { Chart } from '@/components/chart/Chart';
import { redFigures, redLine } from '@/components/chart/red';
import type { ChartSeries } from '@/components/chart/series';
import columns from '@/components/layout/Columns.module.css';
import { Card } from '@/components/layout/Page';
import { ErrorState, Skeleton } from '@/components/states/StateViews';
import { useTimeRange } from '@/components/time/useTimeRange';
import { formatDuration, formatRate, formatShare } from '@/lib/format';
import { absoluteRange } from '@/lib/timeRange';

const height = 150;

/** Rate, errors and durations of the service's requests; a brush becomes the page's range. */
export function RedCharts({ serviceName }: { serviceName: string }) {
  const { range, resolved, setRange } = useTimeRange();
  const red = useQuery({
    queryKey: ['red', range, 'none', serviceName],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/red', { params: { query: { ...range, service: serviceName } }, signal })),
    placeholderData: keepPreviousData,
  });
  const lines = useMemo(() => {
    if (!red.data) return undefined;
    const { stepNanos } = red.data;
    const points = red.data.series[0]?.points ?? [];
    const one = (id: string, label: string, color: string, value: Parameters<typeof redLine>[3], empty: 0 | null, kind: ChartSeries['kind'] = 'line'): ChartSeries => ({
      id,
      label,
      color,
      kind,
      points: redLine(points, stepNanos, resolved, value, empty),
    });
    return {
      rate: [one('rate', 'Requests', 'var(--accent)', redFigures.rate(stepNanos), 0, 'area')],
      errors: [one('errors', 'Failing', 'var(--error-fill)', redFigures.errorShare, 0, 'area')],
      durations: [
        one('p99', 'p99', 'var(--text-faint)', redFigures.p99, null),
        one('p95', 'p95', 'var(--accent)', redFigures.p95, null),
        one('p50', 'p50', 'var(--ok-fill)', redFigures.p50, null),
      ],
    };
  }, [red.data, resolved]);
  const charts = [
    { title: 'Requests', key: 'rate', format: formatRate },
    { title: 'Failing requests', key: 'errors', format: formatShare },
    { title: 'Duration: median, 95th and 99th percentile', key: 'durations', format: formatDuration },
  ] as const;
  return (
    <div className={columns.charts}>
      {charts.map(({ title, key, format }) => (
        <Card key={key} title={title}>
          {red.error ? (
            <ErrorState error={red.error} onRetry={() => void red.refetch()} compact />
          ) : lines ? (
            <Chart label={`${title} of ${serviceName}`} series={lines[key]} range={resolved} format={format} height={height} onBrush={(from, to) => setRange(absoluteRange(from, to))} sync="service" />
          ) : (
            <Skeleton height={height} />
          )}
        </Card>
      ))}
    </div>
  );
}
